namespace Ocpp.Certificates.Versions;

/// <summary>A security event that a station reports to its CSMS (SecurityEventNotification).</summary>
/// <param name="Type">The event in the specification's words, such as <c>InvalidChargingStationCertificate</c>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="TechInfo">More as a sentence. A version cuts it to the length that it can send.</param>
public sealed record SecurityEvent(string Type, DateTimeOffset Timestamp, string TechInfo);

namespace Ocpp.Certificates.Storage;

/// <summary>
/// The right to work on a signing request for a time. While it lasts, the store hands the request out to nobody else;
/// its owner renews it, and it expires once the owner's process has ended.
/// </summary>
/// <param name="Owner">The owner's name, unique among all that share the store, such as a GUID of the process.</param>
/// <param name="Time">How long the lease lasts if it isn't renewed.</param>
public readonly record struct SigningRequestLease(string Owner, TimeSpan Time);

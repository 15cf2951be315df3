namespace Ocpp.TestKit;

/// <summary>A CertificateSigned that a station got.</summary>
/// <param name="serialNumber">That of the certificate in it.</param>
internal sealed class Delivery(string serialNumber)
{
    public string SerialNumber { get; } = serialNumber;

    /// <summary>What the station answered; none when it came to no answer.</summary>
    public bool? IsAccepted { get; set; }
}

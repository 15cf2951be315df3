namespace Ocpp.Certificates;

/// <summary>
/// What a certificate of a station is for.
/// </summary>
[Flags]
public enum CertificateUses
{
    /// <summary>Nothing; a certificate is always for something.</summary>
    None = 0,

    /// <summary>The connection to the CSMS: the station is a TLS client (ChargingStationCertificate).</summary>
    CsmsConnection = 1,

    /// <summary>The connection to cars (ISO 15118-2): the station is a TLS server (V2GCertificate).</summary>
    Iso15118 = 2,

    /// <summary>Both, by one certificate: OCPP's combined certificate.</summary>
    Combined = CsmsConnection | Iso15118,

    /// <summary>
    /// The connection to cars by ISO 15118-20: the station is a TLS server (V2G20Certificate, A02.FR.23). From OCPP 2.1
    /// on.
    /// </summary>
    Iso15118Part20 = 4,
}

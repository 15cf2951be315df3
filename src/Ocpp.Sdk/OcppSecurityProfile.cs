namespace Ocpp;

/// <summary>The security profiles of OCPP (part 2, A00), by their numbers: a higher one is the safer one.</summary>
public enum OcppSecurityProfile
{
    /// <summary>HTTP Basic without TLS: for networks that are trusted otherwise.</summary>
    Basic = 1,

    /// <summary>TLS with HTTP Basic.</summary>
    TlsBasic = 2,

    /// <summary>TLS with a client certificate.</summary>
    ClientCertificate = 3,
}

namespace Ocpp.AspNetCore;

/// <summary>The security profiles of OCPP 2.0.1 (part 2, A00), by their numbers.</summary>
public enum OcppSecurityProfile
{
    /// <summary>HTTP Basic without TLS: for networks that are trusted otherwise. A connection with TLS is taken, too.</summary>
    Basic = 1,

    /// <summary>TLS with HTTP Basic.</summary>
    TlsBasic = 2,

    /// <summary>TLS with a client certificate.</summary>
    ClientCertificate = 3,
}

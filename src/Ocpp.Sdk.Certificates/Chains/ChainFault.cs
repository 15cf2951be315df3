namespace Ocpp.Certificates.Chains;

/// <summary>What can be wrong with a chain that a station gets in CertificateSigned.</summary>
public enum ChainFault
{
    /// <summary>Longer than MaxCertificateChainSize (A02.FR.16).</summary>
    TooLong,

    /// <summary>Not certificates in PEM, more than ten, or one that can't be read.</summary>
    Unreadable,

    /// <summary>The CSMS names a request that the station does not know (A02.FR.26 of OCPP 2.1).</summary>
    UnknownRequest,

    /// <summary>The certificate is for a key that the station did not ask for (A02.FR.06).</summary>
    UnknownKey,

    /// <summary>The certificate's O or CN is not what the station asked for (A02.FR.06).</summary>
    Subject,

    /// <summary>The certificate belongs to a certificate authority.</summary>
    Authority,

    /// <summary>A certificate of the chain is not valid yet (A02.FR.06).</summary>
    NotYetValid,

    /// <summary>A certificate of the chain is not valid any more (A02.FR.06).</summary>
    Expired,

    /// <summary>The chain ends with the station's own certificate, and its issuer is not the operator's root.</summary>
    MissingIntermediate,

    /// <summary>The chain ends with an authority that is not below the operator's root (A02.FR.06).</summary>
    WrongRoot,

    /// <summary>The certificate does not allow the use that it was requested for.</summary>
    Usage,

    /// <summary>A signature or a constraint of the chain does not hold.</summary>
    Broken,
}

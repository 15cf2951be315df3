namespace Ocpp.Certificates.Versions;

/// <summary>What certificate signing has to know of a version of OCPP, on either side.</summary>
public abstract class SigningVersion
{
    /// <summary>The protocol. Sessions of it use this version.</summary>
    public abstract OcppProtocol Protocol { get; }

    /// <summary>The kinds of certificates that the version has: one item for each, such as the combined one.</summary>
    public abstract IReadOnlyList<CertificateUses> SupportedUses { get; }

    /// <summary>The longest CSR that the version can send, in characters.</summary>
    public abstract int MaxCsrLength { get; }

    /// <summary>Returns whether the version has a certificate for exactly these uses.</summary>
    /// <param name="uses">What the certificate is for.</param>
    public bool Supports(CertificateUses uses) => SupportedUses.Contains(uses);
}

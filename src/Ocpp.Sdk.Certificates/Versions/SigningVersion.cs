namespace Ocpp.Certificates.Versions;

/// <summary>What certificate signing has to know of a version of OCPP, on either side.</summary>
public abstract class SigningVersion
{
    /// <summary>The protocol. Sessions of it use this version.</summary>
    public abstract OcppProtocol Protocol { get; }

    /// <summary>The uses of which the version has certificates.</summary>
    public abstract CertificateUses SupportedUses { get; }

    /// <summary>The longest CSR that the version can send, in characters.</summary>
    public abstract int MaxCsrLength { get; }
}

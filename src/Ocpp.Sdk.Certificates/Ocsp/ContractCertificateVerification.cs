namespace Ocpp.Certificates.Ocsp;

/// <summary>The result of a <see cref="ContractCertificateVerifier"/>.</summary>
/// <param name="Status">Whether the contract certificate is valid.</param>
/// <param name="Reason">
/// Why not, as a sentence for a log; empty if it is valid. It quotes nothing of the certificates.
/// </param>
public sealed record ContractCertificateVerification(ContractCertificateStatus Status, string Reason)
{
    /// <summary>Whether the contract certificate is valid.</summary>
    public bool IsAccepted => Status == ContractCertificateStatus.Accepted;

    internal static ContractCertificateVerification Accepted { get; } = new(ContractCertificateStatus.Accepted, "");

    /// <summary>The verification in one line.</summary>
    public override string ToString() => IsAccepted ? "Accepted." : $"{Status}: {Reason}";
}

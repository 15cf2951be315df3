namespace Ocpp.Certificates.Versions;

/// <summary>What a station does with requests of its CSMS, whatever version of OCPP they come in.</summary>
public interface IStationSigningHandler
{
    /// <summary>The CSMS asks for a CSR (TriggerMessage, or ExtendedTriggerMessage in OCPP 1.6).</summary>
    /// <param name="uses">What the certificate is for.</param>
    /// <param name="context">The request.</param>
    /// <returns>What to respond.</returns>
    Task<SigningResponse> TriggerAsync(CertificateUses uses, OcppRequestContext context);

    /// <summary>The CSMS sends a chain (CertificateSigned).</summary>
    /// <param name="delivery">The chain.</param>
    /// <param name="context">The request.</param>
    /// <returns>What to respond.</returns>
    Task<SigningResponse> DeliverAsync(CertificateDelivery delivery, OcppRequestContext context);
}

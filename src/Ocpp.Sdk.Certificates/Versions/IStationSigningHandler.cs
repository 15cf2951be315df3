namespace Ocpp.Certificates.Versions;

/// <summary>Handles the requests of a CSMS in a station, in any version of OCPP.</summary>
public interface IStationSigningHandler
{
    /// <summary>The CSMS asks for a CSR (TriggerMessage, or ExtendedTriggerMessage in OCPP 1.6).</summary>
    /// <param name="trigger">What the certificate is for.</param>
    /// <param name="context">The request.</param>
    /// <returns>The response.</returns>
    Task<SigningResponse> TriggerAsync(CertificateTrigger trigger, OcppRequestContext context);

    /// <summary>The CSMS sends a chain (CertificateSigned).</summary>
    /// <param name="delivery">The chain.</param>
    /// <param name="context">The request.</param>
    /// <returns>The response.</returns>
    Task<SigningResponse> DeliverAsync(CertificateDelivery delivery, OcppRequestContext context);
}

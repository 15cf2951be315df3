using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Requests;
using Ocpp.V201;
using Station;

namespace CertificateSigning;

/// <summary>
/// A station whose private key is not here: it can ask for a certificate, and check it, but not use it. What it has of
/// a station is two messages.
/// </summary>
/// <param name="connection">How it connects.</param>
/// <param name="pem">The CSR that it sends.</param>
/// <param name="csr">The same CSR, read.</param>
/// <param name="roots">Where the certificate has to come from.</param>
internal sealed class CsrStation(
    OcppClientOptions connection,
    string pem,
    CertificateSigningRequest csr,
    X509Certificate2Collection roots
)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource<ChainVerification> _verdict = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>Sends the CSR, and waits for the chain.</summary>
    /// <returns>The chain, the certificate first.</returns>
    /// <exception cref="StationException">There is none.</exception>
    public async Task<CertificateChain> GetCertificateAsync()
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        handlers.On((CertificateSignedRequest request) => CertificateSigned(request));
        await using var client = new OcppClient(handlers, connection);
        try
        {
            await client.ConnectAsync();
            SignCertificateResponse answer = await client.CallAsync(
                new SignCertificateRequest
                {
                    Csr = pem,
                    CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
                }
            );
            if (answer.Status != GenericStatusEnumType.Accepted)
            {
                throw new StationException($"The CSMS rejected the CSR. {answer.StatusInfo?.AdditionalInfo}".TrimEnd());
            }

            ChainVerification verdict = await _verdict.Task.WaitAsync(s_patience);
            return verdict.IsAccepted ? verdict.Chain : throw new StationException(verdict.Reason);
        }
        catch (Exception e) when (e is OcppException or TimeoutException)
        {
            throw new StationException(e.Message, e);
        }
        finally
        {
            // In order: the answer to CertificateSigned may still be on its way.
            await client.CloseAsync();
        }
    }

    private CertificateSignedResponse CertificateSigned(CertificateSignedRequest request)
    {
        ChainVerification verdict = new ChainVerifier(roots).Verify(request.CertificateChain, [csr]);
        _verdict.TrySetResult(verdict);
        return new CertificateSignedResponse
        {
            Status = verdict.IsAccepted
                ? CertificateSignedStatusEnumType.Accepted
                : CertificateSignedStatusEnumType.Rejected,
            StatusInfo = verdict.Rejection is { } rejection
                ? new StatusInfoType { ReasonCode = rejection.ReasonCode, AdditionalInfo = rejection.AdditionalInfo }
                : null,
        };
    }
}

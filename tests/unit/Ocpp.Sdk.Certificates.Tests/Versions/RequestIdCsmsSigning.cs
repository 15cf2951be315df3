using Ocpp.Certificates.V201;
using Ocpp.Certificates.Versions;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A version for CSMSs that has what OCPP 2.1 adds to certificate signing.</summary>
internal sealed class RequestIdCsmsSigning : CsmsSigningVersion
{
    /// <summary>The kinds of certificates, which the test can change.</summary>
    public IReadOnlyList<CertificateUses> Kinds { get; set; } = V201CsmsSigning.Instance.SupportedUses;

    /// <summary>The root that the next CSR names.</summary>
    public CertificateHash? RootCertificate { get; set; }

    public override OcppProtocol Protocol => Ocpp201Protocol.Instance;

    public override IReadOnlyList<CertificateUses> SupportedUses => Kinds;

    public override int MaxCsrLength => V201CsmsSigning.Instance.MaxCsrLength;

    protected override void AddCsrHandler(IOcppHandlers handlers, ICsmsSigningHandler csms) =>
        V201CsmsSigning.Instance.AddHandlers(handlers, new Handler(this, csms));

    public override async Task<SigningResponse> DeliverAsync(
        IOcppCaller peer,
        CertificateDelivery delivery,
        CancellationToken cancellationToken
    )
    {
        CertificateSignedResponse response = await peer.CallAsync(
            new CertificateSignedRequest
            {
                CertificateChain = delivery.Chain,
                CustomData = delivery.RequestId.ToCustomData(),
            },
            cancellationToken
        );
        return response.Status == CertificateSignedStatusEnumType.Accepted
            ? SigningResponse.Accepted
            : SigningResponse.Rejected();
    }

    public override Task<SigningResponse> TriggerAsync(
        IOcppCaller peer,
        CertificateTrigger trigger,
        CancellationToken cancellationToken
    ) => V201CsmsSigning.Instance.TriggerAsync(peer, trigger, cancellationToken);

    public override bool? ReadRegistration(object response) => V201CsmsSigning.Instance.ReadRegistration(response);

    private sealed class Handler(RequestIdCsmsSigning version, ICsmsSigningHandler csms) : ICsmsSigningHandler
    {
        public Task<SigningResponse> SubmitAsync(
            CsrSubmission submission,
            CsmsSigningVersion _,
            OcppRequestContext context
        ) =>
            csms.SubmitAsync(
                submission with
                {
                    RequestId = ((SignCertificateRequest)context.Request).CustomData.ToRequestId(),
                    RootCertificate = version.RootCertificate,
                },
                version,
                context
            );

        // The outer version's filter reports both.
        public void Responding(OcppSession session, object response) { }

        public void Responded(OcppSession session, object response) { }
    }
}

using System.Collections.Concurrent;
using Ocpp.Certificates.V201;
using Ocpp.Certificates.Versions;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A version for stations that has what OCPP 2.1 adds to certificate signing.</summary>
internal sealed class RequestIdStationSigning : StationSigningVersion
{
    /// <summary>What the station has sent.</summary>
    public ConcurrentQueue<CsrSubmission> Submissions { get; } = new();

    public override OcppProtocol Protocol => Ocpp201Protocol.Instance;

    public override IReadOnlyList<CertificateUses> SupportedUses =>
        [.. V201StationSigning.Instance.SupportedUses, CertificateUses.Iso15118Part20];

    public override int MaxCsrLength => V201StationSigning.Instance.MaxCsrLength;

    public override void AddHandlers(IOcppHandlers handlers, IStationSigningHandler station) =>
        V201StationSigning.Instance.AddHandlers(handlers, new Handler(station));

    public override Task<SigningResponse> SubmitAsync(
        IOcppCaller peer,
        CsrSubmission submission,
        CancellationToken cancellationToken
    )
    {
        Submissions.Enqueue(submission);
        CertificateUses uses =
            submission.Uses == CertificateUses.Iso15118Part20 ? CertificateUses.Iso15118 : submission.Uses;
        return V201StationSigning.Instance.SubmitAsync(peer, submission with { Uses = uses }, cancellationToken);
    }

    public override Task ReportAsync(
        IOcppCaller peer,
        SecurityEvent securityEvent,
        CancellationToken cancellationToken
    ) => V201StationSigning.Instance.ReportAsync(peer, securityEvent, cancellationToken);

    private sealed class Handler(IStationSigningHandler station) : IStationSigningHandler
    {
        public Task<SigningResponse> TriggerAsync(CertificateTrigger trigger, OcppRequestContext context) =>
            station.TriggerAsync(trigger, context);

        public Task<SigningResponse> DeliverAsync(CertificateDelivery delivery, OcppRequestContext context) =>
            station.DeliverAsync(
                delivery with
                {
                    Uses = null,
                    RequestId = ((CertificateSignedRequest)context.Request).CustomData.ToRequestId(),
                },
                context
            );
    }
}

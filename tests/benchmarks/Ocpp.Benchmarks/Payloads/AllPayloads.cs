namespace Ocpp.Benchmarks.Payloads;

internal static class AllPayloads
{
    public static IReadOnlyList<Payload> Create() =>
        [
            new SignCertificatePayload("SignCertificate-1k", csrLength: 1110),
            new SignCertificatePayload("SignCertificate-5500", csrLength: 5500),
            new BootNotificationPayload(),
            new TransactionEventPayload(),
            new NotifyReportPayload(),
        ];
}

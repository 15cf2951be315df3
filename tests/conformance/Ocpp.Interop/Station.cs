using Ocpp.V201;

namespace Ocpp.Interop;

/// <summary>Our station at the other implementation's CSMS.</summary>
internal static class Station
{
    private static readonly int s_payloads = 2 * Ocpp201Protocol.Instance.Actions.Count;

    /// <returns>Whether all came to pass.</returns>
    public static async Task<bool> RunAsync(Uri url, Samples samples)
    {
        var counts = new Counts();
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        foreach (Exchange exchange in Exchange.All)
        {
            exchange.AddTo(handlers, samples, counts);
        }

        await using var client = new OcppClient(
            handlers,
            new OcppClientOptions
            {
                Url = url,
                Identity = "INTEROP 2",
                RetryBackOffWaitMinimum = TimeSpan.FromMilliseconds(50),
                RetryBackOffRandomRange = TimeSpan.FromMilliseconds(50),
                OfflineCalls = OcppOfflineCalls.Wait,
                Session = Peer.Options(counts),
            }
        );
        await client.ConnectAsync();
        await Peer.CallAllAsync(client.Session!, samples, counts);
        DataTransferResponse back = await client.CallAsync(new DataTransferRequest { VendorId = Wishes.CallBack });

        OcppSession first = client.Session!;
        await client.CallAsync(new DataTransferRequest { VendorId = Wishes.Cut });
        await first.Completion;
        await client.CallAsync(new HeartbeatRequest());
        counts.Reconnects += client.Session != first ? 1 : 0;
        await client.CloseAsync();

        Console.WriteLine($"our station, their CSMS: {counts}");
        return back.Status == DataTransferStatusEnumType.Accepted
            && counts.Calls == s_payloads
            && counts.Answers == s_payloads
            && counts is { Refused: 1, TimedOut: 1, Reconnects: 1, Reports: 0 };
    }
}

using System.Text.Json;

namespace Ocpp.Interop;

/// <summary>Our station at the other implementation's CSMS.</summary>
internal static class Station
{
    /// <returns>Whether all came to pass.</returns>
    public static async Task<bool> RunAsync(Uri url, Samples samples)
    {
        var counts = new Counts();
        var handlers = new OcppHandlers(samples.Protocol);
        foreach (Exchange exchange in samples.Exchanges)
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
        OcppSession first = client.Session!;
        bool hasCalledBack = await Wishes.AskAsync(first, Wishes.CallBack);
        await Wishes.AskAsync(first, Wishes.Cut);
        await first.Completion;
        await client.CallAsync("Heartbeat", JsonElement.Parse("{}"));
        counts.Reconnects += client.Session != first ? 1 : 0;
        await client.CloseAsync();

        Console.WriteLine($"{samples.Protocol.Subprotocol}, our station, their CSMS: {counts}");
        return hasCalledBack
            && counts.Calls == samples.Calls
            && counts.Answers == samples.Calls
            && counts is { Refused: 1, TimedOut: 1, Reconnects: 1, Reports: 0 };
    }
}

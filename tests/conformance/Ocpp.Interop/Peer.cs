namespace Ocpp.Interop;

/// <summary>What both sides do.</summary>
internal static class Peer
{
    /// <summary>
    /// Long enough for all calls of the other side, and short enough to wait for one that is never answered.
    /// </summary>
    public static OcppSessionOptions Options(Counts counts) =>
        OcppSessionOptions.Default with
        {
            ResponseTimeout = TimeSpan.FromSeconds(5),
            HandlerTimeout = TimeSpan.FromSeconds(60),
            MaxMessagesPerSecond = 100_000,

            // The request that is never answered must not keep those after it from being handled.
            MaxConcurrentHandlers = 4,
            Reported = (_, report) =>
            {
                Console.Error.WriteLine(report);
                counts.Reports++;
            },
        };

    /// <summary>Every action with every payload; then one that is refused, and one that is never answered.</summary>
    public static async Task CallAllAsync(OcppSession session, Samples samples, Counts counts)
    {
        foreach (Exchange exchange in samples.Exchanges)
        {
            await exchange.CallAsync(session, samples, isFull: true);
            await exchange.CallAsync(session, samples, isFull: false);
            counts.Calls += 2;
        }

        try
        {
            await Wishes.AskAsync(session, Wishes.Error);
        }
        catch (OcppCallErrorException exception) when (exception.ErrorCode == OcppErrorCode.NotSupported)
        {
            counts.Refused++;
        }

        try
        {
            await Wishes.AskAsync(session, Wishes.Silence);
        }
        catch (OcppTimeoutException)
        {
            counts.TimedOut++;
        }
    }
}

using Ocpp.V201;

namespace Ocpp.Interop;

/// <summary>What both sides do.</summary>
internal static class Peer
{
    public static OcppHandlers Handlers(Samples samples, Counts counts)
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        foreach (Exchange exchange in Exchange.All)
        {
            exchange.Handle(handlers, samples, counts);
        }

        return handlers;
    }

    /// <summary>Every action with every payload; then one that is refused, and one that is never answered.</summary>
    public static async Task CallAllAsync(OcppSession session, Samples samples, Counts counts)
    {
        foreach (Exchange exchange in Exchange.All)
        {
            await exchange.CallAsync(session, samples, isFull: true);
            await exchange.CallAsync(session, samples, isFull: false);
            counts.Calls += 2;
        }

        try
        {
            await session.CallAsync(new DataTransferRequest { VendorId = Wishes.Error });
        }
        catch (OcppCallErrorException exception) when (exception.ErrorCode == OcppErrorCode.NotSupported)
        {
            counts.Refused++;
        }

        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        try
        {
            await session.CallAsync(new DataTransferRequest { VendorId = Wishes.Silence }, impatience.Token);
        }
        catch (OperationCanceledException)
        {
            counts.TimedOut++;
        }
    }
}

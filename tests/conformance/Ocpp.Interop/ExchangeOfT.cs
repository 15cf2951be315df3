using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.Interop;

/// <inheritdoc/>
internal sealed class Exchange<TRequest, TResponse>(OcppAction action) : Exchange(action)
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    public override void AddTo(IOcppHandlers handlers, Samples samples, Counts counts) =>
        handlers.On((TRequest request, OcppRequestContext context) => HandleAsync(request, context, samples, counts));

    public override async Task CallAsync(OcppSession session, Samples samples, bool isFull)
    {
        // A request without any optional property may be all there is.
        var request = (TRequest)samples.Request(Action, isFull);
        TResponse response = await session.CallAsync<TRequest, TResponse>(request);
        Demand(response.Equals(samples.Response(Action, isFull)), $"{Action}: another response than was sent");
    }

    private async Task<TResponse> HandleAsync(
        TRequest request,
        OcppRequestContext context,
        Samples samples,
        Counts counts
    )
    {
        if (request is DataTransferRequest wish && await WishAsync(wish, context, samples, counts) is { } granted)
        {
            return (TResponse)(object)granted;
        }

        bool isFull = request.Equals(samples.Request(Action, isFull: true));
        Demand(
            isFull || request.Equals(samples.Request(Action, isFull: false)),
            $"{Action}: another request than was sent"
        );
        counts.Answers++;
        return (TResponse)samples.Response(Action, isFull);
    }

    private static async Task<DataTransferResponse?> WishAsync(
        DataTransferRequest wish,
        OcppRequestContext context,
        Samples samples,
        Counts counts
    )
    {
        switch (wish.VendorId)
        {
            case Wishes.Error:
                throw new OcppCallErrorException(OcppErrorCode.NotSupported, "interop: refused on purpose");

            case Wishes.Silence:
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return null;

            case Wishes.Cut:
                _ = CutSoonAsync(context.Session);
                break;

            case Wishes.CallBack:
                await Peer.CallAllAsync(context.Session, samples, counts);
                break;

            default:
                return null;
        }

        return new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted };
    }

    private static async Task CutSoonAsync(OcppSession session)
    {
        await Task.Delay(10);
        session.Abort("interop: cut on purpose");
    }

    private static void Demand(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"interop: {what}");
        }
    }
}

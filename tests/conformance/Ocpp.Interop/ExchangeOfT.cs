using System.Text;
using System.Text.Json;
using Ocpp.Rpc;

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
        isFull = request.Equals(samples.Request(Action, isFull: true));
        Demand(response.Equals(samples.Response(Action, isFull)), $"{Action.Name}: another response than was sent");
    }

    private async Task<TResponse> HandleAsync(
        TRequest request,
        OcppRequestContext context,
        Samples samples,
        Counts counts
    )
    {
        if (
            Action.Name == Wishes.Action
            && await IsGrantedAsync(JsonElement.Parse(OcppJson.ToUtf8Bytes(request)), context, samples, counts)
        )
        {
            return OcppJson.Parse<TResponse>(Wishes.Granted);
        }

        bool isFull = request.Equals(samples.Request(Action, isFull: true));
        Demand(
            isFull || request.Equals(samples.Request(Action, isFull: false)),
            $"{Action.Name}: another request than was sent"
        );
        counts.Answers++;
        return (TResponse)samples.Response(Action, isFull);
    }

    /// <returns>Whether it was a wish, which has been granted.</returns>
    private static async Task<bool> IsGrantedAsync(
        JsonElement wish,
        OcppRequestContext context,
        Samples samples,
        Counts counts
    )
    {
        switch (wish.GetProperty("vendorId").GetString())
        {
            case Wishes.Error:
                throw new OcppCallErrorException(OcppErrorCode.NotSupported, "interop: refused on purpose");

            case Wishes.Silence:
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return false;

            case Wishes.Cut:
                _ = CutSoonAsync(context.Session);
                break;

            case Wishes.CallBack:
                await Peer.CallAllAsync(context.Session, samples, counts);
                break;

            case Wishes.Take:
                JsonElement data = wish.GetProperty("data");
                OcppAction action = samples.Protocol.FindAction(data.GetProperty("action").GetString()!)!;
                object? message = action.ReadRequest(
                    Encoding.UTF8.GetBytes(data.GetProperty("payload").GetRawText()),
                    out OcppViolation violation
                );
                Demand(
                    message is not null
                        && (
                            message.Equals(samples.Request(action, isFull: true))
                            || message.Equals(samples.Request(action, isFull: false))
                        ),
                    $"{action.Name}: another message than was sent {violation}"
                );
                counts.Answers++;
                break;

            default:
                return false;
        }

        return true;
    }

    private static async Task CutSoonAsync(OcppSession session)
    {
        await Task.Delay(10);
        session.Abort("interop: cut on purpose");
    }
}

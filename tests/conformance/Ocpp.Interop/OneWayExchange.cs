using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ocpp.Rpc;

namespace Ocpp.Interop;

/// <summary>
/// An action that nothing answers. The other implementation has no SEND: what is written in one is put to it in a
/// DataTransfer.
/// </summary>
internal sealed class OneWayExchange<TMessage>(OcppAction action) : Exchange(action)
    where TMessage : class, IOcppOneWayMessage<TMessage>
{
    public override void AddTo(IOcppHandlers handlers, Samples samples, Counts counts)
    {
        // The handler of DataTransfer takes it.
    }

    public override Task CallAsync(OcppSession session, Samples samples, bool isFull) =>
        Wishes.AskAsync(
            session,
            Wishes.Take,
            new JsonObject { ["action"] = Action.Name, ["payload"] = Write((TMessage)samples.Request(Action, isFull)) }
        );

    private static JsonNode? Write(TMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteSend(output, "1", message);
        Demand(OcppFrame.TryRead(output.WrittenSpan, out OcppFrame frame, out _), "a SEND cannot be read");
        return JsonSerializer.SerializeToNode(JsonElement.Parse(frame.Payload));
    }
}

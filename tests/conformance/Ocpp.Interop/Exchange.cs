using Ocpp.Rpc;

namespace Ocpp.Interop;

/// <summary>An action whose samples go to and fro.</summary>
internal abstract class Exchange(OcppAction action)
{
    protected OcppAction Action { get; } = action;

    /// <summary>Those of all actions of a version.</summary>
    public static IReadOnlyList<Exchange> AllOf(OcppProtocol protocol) => [.. protocol.Actions.Select(Create)];

    /// <summary>Answers each sample with the response of the same form.</summary>
    public abstract void AddTo(IOcppHandlers handlers, Samples samples, Counts counts);

    /// <summary>Calls with a sample, and demands the response of the same form.</summary>
    public abstract Task CallAsync(OcppSession session, Samples samples, bool isFull);

    protected static void Demand(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"interop: {what}");
        }
    }

    private static Exchange Create(OcppAction action) =>
        (Exchange)
            Activator.CreateInstance(
                action.ResponseType is { } response
                    ? typeof(Exchange<,>).MakeGenericType(action.RequestType, response)
                    : typeof(OneWayExchange<>).MakeGenericType(action.RequestType),
                action
            )!;
}

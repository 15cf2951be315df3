using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.Interop;

/// <summary>An action whose samples go to and fro.</summary>
internal abstract class Exchange(OcppAction action)
{
    public static IReadOnlyList<Exchange> All { get; } = [.. Ocpp201Protocol.Instance.Actions.Select(Create)];

    protected OcppAction Action { get; } = action;

    /// <summary>Answers each sample with the response of the same form.</summary>
    public abstract void AddTo(IOcppHandlers handlers, Samples samples, Counts counts);

    /// <summary>Calls with a sample, and demands the response of the same form.</summary>
    public abstract Task CallAsync(OcppSession session, Samples samples, bool isFull);

    private static Exchange Create(OcppAction action) =>
        (Exchange)
            Activator.CreateInstance(
                typeof(Exchange<,>).MakeGenericType(action.RequestType, action.ResponseType!),
                action
            )!;
}

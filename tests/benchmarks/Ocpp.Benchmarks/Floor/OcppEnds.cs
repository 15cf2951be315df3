using Ocpp.TestKit;
using Ocpp.V201;

namespace Ocpp.Benchmarks.Floor;

/// <summary>The SDK on both ends.</summary>
internal static class OcppEnds
{
    private static readonly OcppSessionOptions s_session = OcppSessionOptions.Default with
    {
        MaxMessagesPerSecond = 1_000_000,
    };

    public static CsmsHost CreateCsms()
    {
        TransactionEventResponse response = OcppJson.Parse<TransactionEventResponse>(FloorRole.Payloads().Response);
        return CsmsHost.Create(
            endpoint => endpoint.On<TransactionEventRequest, TransactionEventResponse>((_, _) => response),
            options => options.Session = s_session
        );
    }

    public static async Task<Func<Task>[]> ConnectAsync(Uri url, int count)
    {
        TransactionEventRequest request = OcppJson.Parse<TransactionEventRequest>(FloorRole.Payloads().Request);
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        return await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(async i =>
                {
                    var client = new OcppClient(
                        handlers,
                        new OcppClientOptions
                        {
                            Url = url,
                            Identity = $"CS-{i}",
                            Session = s_session,
                        }
                    );
                    await client.ConnectAsync();
                    return (Func<Task>)(() => client.CallAsync(request));
                })
        );
    }
}

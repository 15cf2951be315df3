using Ocpp.Benchmarks.Floor;
using Ocpp.TestKit;
using Ocpp.V201;

namespace Ocpp.Benchmarks.Cluster;

/// <summary>All stations, in a process of their own.</summary>
internal static class StationsRole
{
    public const string Name = "stations";

    /// <summary>Connects, and answers until its input ends; a line asks for what the process has used so far.</summary>
    public static async Task<int> RunAsync(Uri url, int count)
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        handlers.On((GetVariablesRequest request) => Answer(request));
        OcppClient[] clients =
        [
            .. Enumerable
                .Range(1, count)
                .Select(number => new OcppClient(
                    handlers,
                    new OcppClientOptions
                    {
                        Url = url,
                        Identity = $"CS-{number}",
                        ConnectTimeout = TimeSpan.FromMinutes(2), // on a busy machine
                        Session = OcppSessionOptions.Default with { MaxMessagesPerSecond = 1_000_000 },
                    }
                )),
        ];
        await Task.WhenAll(clients.Select(client => client.ConnectAsync()));
        Console.WriteLine("connected");
        while (await Console.In.ReadLineAsync() is not null)
        {
            ChildProcess.Tell(Usage.Now);
        }

        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        return 0;
    }

    private static GetVariablesResponse Answer(GetVariablesRequest request) =>
        new()
        {
            GetVariableResult =
            [
                .. request.GetVariableData.Select(data => new GetVariableResultType
                {
                    AttributeStatus = GetVariableStatusEnumType.Accepted,
                    AttributeType = data.AttributeType,
                    AttributeValue = "Available",
                    Component = data.Component,
                    Variable = data.Variable,
                }),
            ],
        };
}

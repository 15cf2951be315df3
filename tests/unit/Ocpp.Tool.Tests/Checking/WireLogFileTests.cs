using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V21;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

/// <summary>What <c>OcppWireLogFile</c> has written.</summary>
public sealed class WireLogFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_files_of_a_wire_log_are_checked_in_the_version_of_each_station_that_they_name()
    {
        var options = new OcppWireLogFileOptions { Path = _folder.Locate("wire.log"), MaxFileSize = 1_000 };
        await using (OcppWireLogFile log = OcppWireLogFile.Open(options))
        {
            await CallAsync(log, "CS 1", Ocpp21Protocol.Instance, new HeartbeatRequest());
            await CallAsync(log, "CS 2", V201.Ocpp201Protocol.Instance, new V201.HeartbeatRequest());
        }

        string[] files = [.. Directory.EnumerateFiles(_folder.Path).Order(StringComparer.Ordinal)];
        CommandResult result = await CommandResult.CheckAsync("", [.. files, "--station", @"^\S+ (\S+) "]);

        Assert.True(files.Length > 2, string.Join(", ", files));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        (long frames, long valid, long invalid) = result.Row("Heartbeat");
        (long unmatched, _, long invalidUnmatched) = result.Row("(unmatched answer)");
        Assert.Equal((40, 0, 0), (frames + unmatched, frames - valid, invalid + invalidUnmatched));
        string protocols = result.Lines.Single(line => line.StartsWith("protocol: ", StringComparison.Ordinal));
        Assert.Contains("ocpp2.0.1 as the log says (20 frames)", protocols, StringComparison.Ordinal);
        Assert.Contains("ocpp2.1 as the log says (20 frames)", protocols, StringComparison.Ordinal);
    }

    private static async Task CallAsync<TRequest, TResponse>(
        OcppWireLogFile log,
        string identity,
        OcppProtocol protocol,
        IOcppRequest<TRequest, TResponse> request
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        var csms = new OcppHandlers(protocol);
        csms.OnOther(
            (_, _) =>
                Task.FromResult(
                    System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(
                        """{"currentTime":"2026-01-31T12:00:00Z"}"""
                    )
                )
        );
        await using OcppPair pair = OcppPair.Create(
            new OcppHandlers(protocol),
            csms,
            new OcppPairOptions
            {
                Identity = identity,
                Csms = new OcppSessionOptions { FrameTap = log.Tap },
            }
        );
        for (int i = 0; i < 10; i++)
        {
            await pair.Station.CallAsync(request);
        }

        await pair.Station.CloseAsync();
        await pair.Csms.Completion;
    }
}

using Ocpp.Security;
using Ocpp.Testing;
using Ocpp.Tests.WebSockets;
using Ocpp.V201;

namespace Ocpp.Tests;

/// <summary>What sessions and clients log, with their exceptions: nothing that a peer chose acts in it.</summary>
public sealed class PrintableLogTests
{
    [Fact]
    public async Task An_identity_that_nobody_checked_is_escaped_in_the_log_of_its_session()
    {
        var log = new TestLog();
        using WebSocketPair pair = WebSocketPair.Create(Ocpp201Protocol.Instance.Subprotocol);
        await using var session = new OcppSession(
            pair.Server,
            new OcppHandlers(Ocpp201Protocol.Instance),
            "CS\u001B[2J\n\u202E1",
            new OcppSessionOptions { Logger = log }
        );
        Task running = session.RunAsync();

        pair.Cut();
        await running;

        Assert.Equal("CS\u001B[2J\n\u202E1", session.Identity);
        Assert.Equal(2, log.Lines.Count);
        Assert.All(
            log.Of(""),
            line => Assert.StartsWith("CS\\u001B[2J\\u000A\\u202E1: ", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_a_server_answers_to_the_handshake_is_escaped_in_the_log_of_the_client()
    {
        var log = new TestLog();
        await using var csms = new RawCsms(request => RawCsms.UpgradeAsync(request, accept: "\u001B[2J"));
        await using var client = new OcppClient(
            new OcppHandlers(Ocpp201Protocol.Instance),
            new OcppClientOptions
            {
                Url = csms.Url,
                Identity = "CS-1",
                Session = new OcppSessionOptions { Logger = log },
            }
        );

        var failure = await Assert.ThrowsAsync<OcppConnectionFailedException>(() => client.ConnectAsync());

        // The exception is .NET's own, so that it has the header as it came.
        Assert.Contains('\u001B', failure.ToString());
        string line = Assert.Single(log.Of(""), line => line.Contains("\\u001B[2J", StringComparison.Ordinal));
        Assert.Contains("(InvalidAnswer <- WebSocketException: ", line, StringComparison.Ordinal);
        Assert.All(log.Of(""), line => Assert.True(PrintableText.IsPrintable(line), line));
    }
}

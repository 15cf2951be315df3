using System.Globalization;
using System.Text;
using Ocpp.Rpc;
using Ocpp.Tool.Checking;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

/// <summary>Logs over many blocks of the reader, and lines beyond its bound.</summary>
public sealed class LongLogTests
{
    private const int Exchanges = 10_000;

    /// <summary>
    /// A request and the response to it; then what makes each of them invalid, and the violation's end.
    /// </summary>
    private static readonly (
        string Action,
        string Request,
        string Response,
        string BadRequest,
        string BadResponse
    )[] s_kinds =
    [
        ("Heartbeat", "{}", """{"currentTime":"2026-11-23T10:00:00Z"}""", """{"x":1}""", """{"currentTime":"today"}"""),
        (
            "SignCertificate",
            $$"""{"csr":"{{new string('c', 1_100)}}"}""",
            """{"status":"Accepted"}""",
            $$"""{"csr":"{{new string('c', 5_501)}}"}""",
            """{"status":"accepted"}"""
        ),
        (
            "StatusNotification",
            """{"timestamp":"2026-11-23T10:00:00Z","connectorStatus":"Available","evseId":1,"connectorId":1}""",
            "{}",
            """{"timestamp":"2026-11-23T10:00:00Z","connectorStatus":"Available","evseId":"1","connectorId":1}""",
            "[]"
        ),
        (
            "BootNotification",
            """{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}""",
            """{"currentTime":"2026-11-23T10:00:00Z","interval":300,"status":"Accepted"}""",
            """{"reason":"PowerUp","chargingStation":{"model":"M"}}""",
            """{"currentTime":"2026-11-23T10:00:00Z","interval":300,"status":"""
        ),
    ];

    [Fact]
    public async Task Exactly_the_invalid_frames_of_twenty_thousand_are_found()
    {
        var log = new StringBuilder();
        List<int> expected = [];
        for (int i = 0; i < Exchanges; i++)
        {
            (string action, string request, string response, string badRequest, string badResponse) = s_kinds[
                i % s_kinds.Length
            ];
            bool isBadRequest = i % 97 == 0;
            bool isBadResponse = i % 89 == 0;
            log.Append(
                CultureInfo.InvariantCulture,
                $"10:00 -> [2,\"{i}\",\"{action}\",{(isBadRequest ? badRequest : request)}]\r\n"
            );
            log.Append(
                CultureInfo.InvariantCulture,
                $"10:00 <- [3,\"{i}\",{(isBadResponse ? badResponse : response)}]\r\n"
            );
            expected.AddRange(isBadRequest ? [(2 * i) + 1] : []);
            expected.AddRange(isBadResponse ? [(2 * i) + 2] : []);
        }

        CommandResult result = await CommandResult.CheckAsync(log.ToString());

        Assert.Equal(217, expected.Count);
        Assert.Equal(
            expected,
            result.Violations.Select(line => int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture))
        );
        Assert.Equal((2 * Exchanges, (2 * Exchanges) - expected.Count, expected.Count), result.Row("total"));
        Assert.All(s_kinds, kind => Assert.Equal(2 * Exchanges / s_kinds.Length, result.Row(kind.Action).Frames));
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task Frames_are_found_whole_wherever_a_block_ends()
    {
        byte[] log = Encoding.UTF8.GetBytes(
            """
            -> [2,"1","Heartbeat",{}]
            [
              2, "2", "Heartbeat", {}
            ]
            <- [3,"1",{"currentTime":"2026-11-23T10:00:00Z"}]
            """
        );
        for (int blockSize = 4; blockSize < log.Length + 2; blockSize++)
        {
            Summary summary = await CheckAsync(new LineReader(new MemoryStream(log), blockSize));
            Assert.Equal((3, 3, 0), (summary.Frames, summary.Of(Heartbeat).Valid, summary.SkippedLines));
        }
    }

    [Fact]
    public async Task A_line_beyond_the_bound_is_a_violation_and_the_next_frame_is_read()
    {
        string log =
            $"[2,\"1\",\"SignCertificate\",{{\"csr\":\"{new string('c', 5_000)}\"}}]\n[2,\"2\",\"Heartbeat\",{{}}]\n";
        var pending = new StringBuilder();
        Summary summary = await CheckAsync(
            new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(log)), 64, maxLength: 1_000),
            pending
        );
        Assert.Equal("log:1: frame: RpcFrameworkError: The line is longer than 1000 bytes.\n", pending.ToString());
        Assert.Equal((1, 1), (summary.Unreadable.Invalid, summary.Of(Heartbeat).Valid));
    }

    [Fact]
    public async Task A_frame_over_several_lines_is_cut_off_at_the_bound()
    {
        string log =
            "[2,\"1\",\"SignCertificate\",{\n"
            + string.Concat(Enumerable.Repeat("\"x\":1,\n", 1_000))
            + "\n[2,\"2\",\"Heartbeat\",{}]\n";
        var pending = new StringBuilder();
        Summary summary = await CheckAsync(
            new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(log)), 64, maxLength: 100),
            pending
        );
        Assert.Equal(
            "log:1: request \"1\": FormatViolation: The closing bracket of the message is missing or is followed by "
                + "more data.\n",
            pending.ToString()
        );
        Assert.Equal((1, 1), (summary.Unreadable.Invalid, summary.Of(Heartbeat).Valid));
    }

    [Fact]
    public async Task A_payload_beyond_the_bound_is_a_violation()
    {
        string payload = $"{{\"csr\":\"{new string('c', 5_000)}\"}}";
        var pending = new StringBuilder();
        Summary summary = await CheckAsync(
            new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(payload)), 64, maxLength: 1_000),
            pending,
            PayloadType.Find(V201.Ocpp201Protocol.Instance, "SignCertificateRequest")
        );
        Assert.Equal("log:1: frame: RpcFrameworkError: The payload is longer than 1000 bytes.\n", pending.ToString());
        Assert.Equal((1, 1), (summary.Invalid, summary.Frames));
    }

    private static OcppAction Heartbeat => V201.Ocpp201Protocol.Instance.FindAction("Heartbeat")!;

    private static async Task<Summary> CheckAsync(
        LineReader reader,
        StringBuilder? pending = null,
        PayloadType? type = null
    )
    {
        var summary = new Summary();
        var settings = new CheckSettings(CheckedProtocol.All[0], OcppReadOptions.Strict, MaxViolations: 100, type);
        var check = new InputCheck("log", settings, summary, new TextReport(pending ?? new StringBuilder()));
        await check.RunAsync(reader, afterBlock: static () => { }, CancellationToken.None);
        return summary;
    }
}

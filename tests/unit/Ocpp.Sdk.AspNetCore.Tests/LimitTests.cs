using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class LimitTests
{
    private const int Limit = 64 * 1024;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(4096)]
    [InlineData(Limit - 1)]
    [InlineData(Limit)]
    public async Task A_message_of_64_kB_arrives_in_pieces_of_any_size(int pieceSize)
    {
        // 65,536 pieces may take longer than a message has.
        await using Csms csms = await StartAsync(session =>
            session with
            {
                MaxMessageSize = Limit,
                MessageTimeout = TimeSpan.FromHours(1),
            }
        );
        using ClientWebSocket socket = await csms.OpenAsync("CS-1");

        await socket.SendAsync(RawMessages.OfSize(Limit), pieceSize);

        Assert.Equal("""[3,"1",{"status":"Accepted"}]""", await socket.ReceiveTextAsync());
    }

    [Theory]
    [InlineData(125)]
    [InlineData(Limit + 1)]
    public async Task A_message_of_one_byte_more_closes_the_connection_with_1009(int pieceSize)
    {
        await using Csms csms = await StartAsync(session => session with { MaxMessageSize = Limit });
        using ClientWebSocket socket = await csms.OpenAsync("CS-1");

        await socket.SendAsync(RawMessages.OfSize(Limit + 1), pieceSize);

        Assert.Null(await socket.ReceiveTextAsync());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
        Assert.Equal("The message exceeds 65536 bytes.", socket.CloseStatusDescription);
        Assert.Equal(OcppCloseKind.Violation, await ReasonAfterAnswerAsync(csms, socket));
    }

    [Fact]
    public async Task A_flood_is_closed_with_1008_and_another_station_goes_on()
    {
        await using Csms csms = await StartAsync(session => session with { MaxMessagesPerSecond = 20 });
        await using OcppSession other = await csms.ConnectAsync("CS-2");
        using ClientWebSocket flood = await csms.OpenAsync("CS-1");
        byte[] message = Encoding.UTF8.GetBytes("""[3,"1",{}]""");
        Task sending = Task.Run(async () =>
        {
            while (flood.State == WebSocketState.Open)
            {
                await flood.SendAsync(message, message.Length);
            }
        });

        Assert.Null(await flood.ReceiveTextAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, flood.CloseStatus);
        Assert.Equal("The rate exceeds 20 messages per second.", flood.CloseStatusDescription);
        Assert.Equal(Answers.Heartbeat, await other.CallAsync(new HeartbeatRequest()));
        await sending;
    }

    [Fact]
    public async Task A_message_that_has_begun_and_does_not_end_is_closed_with_1008_and_another_station_goes_on()
    {
        await using Csms csms = await StartAsync(session =>
            session with
            {
                MessageTimeout = TimeSpan.FromMilliseconds(50),
            }
        );
        await using OcppSession other = await csms.ConnectAsync("CS-2");
        using ClientWebSocket slow = await csms.OpenAsync("CS-1");

        await slow.SendAsync(
            RawMessages.OfSize(100).AsMemory(0, 10),
            WebSocketMessageType.Text,
            endOfMessage: false,
            CancellationToken.None
        );

        Assert.Null(await slow.ReceiveTextAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, slow.CloseStatus);
        Assert.Equal("The message was not completed in time.", slow.CloseStatusDescription);
        Assert.Equal(Answers.Heartbeat, await other.CallAsync(new HeartbeatRequest()));
        Assert.Equal(OcppCloseKind.Violation, await ReasonAfterAnswerAsync(csms, slow));
    }

    [Theory]
    [InlineData("8183000000005BFF5D", 1007, "The message is not valid UTF-8.")]
    [InlineData("0183000000005BE282" + "8081000000005D", 1007, "The message is not valid UTF-8.")]
    [InlineData("81065B5D20202020", 1002, "Invalid WebSocket frame.")] // not masked
    [InlineData("838000000000", 1002, "Invalid WebSocket frame.")] // of an unknown kind
    [InlineData("C18000000000", 1002, "Invalid WebSocket frame.")] // compressed, which was not agreed on
    [InlineData("808000000000", 1002, "Invalid WebSocket frame.")] // the continuation of nothing
    [InlineData("098000000000", 1002, "Invalid WebSocket frame.")] // a ping in pieces
    [InlineData("89FE007E00000000", 1002, "Invalid WebSocket frame.")] // a ping of 126 bytes
    public async Task Bytes_that_WebSocket_forbids_end_with_their_close_code_on_the_wire_and_a_report(
        string bytes,
        int code,
        string description
    )
    {
        var reports = Channel.CreateUnbounded<OcppReport>();
        await using Csms csms = await StartAsync(session =>
            session with
            {
                Reported = (_, report) => reports.Writer.TryWrite(report),
            }
        );
        using RawStation station = await RawStation.OpenAsync(csms.UrlOf("CS-1"));

        await station.WriteAsync(bytes);

        Assert.Equal(RawStation.Close(code), await station.ReadAsync(4));
        OcppCloseReason reason = (await csms.DisconnectedAsync()).Reason;
        Assert.Equal(
            (OcppCloseKind.Violation, code, description),
            (reason.Kind, (int)reason.Status!, reason.Description)
        );
        Assert.Equal(
            new OcppReport(OcppReportKind.ConnectionViolation) { Detail = $"{code}, {description}" },
            await reports.Reader.ReadAsync().AsTask().WaitAsync(CsmsHost.Patience)
        );
    }

    private static Task<Csms> StartAsync(Func<OcppSessionOptions, OcppSessionOptions> limit) =>
        Csms.StartAsync(
            endpoint =>
                endpoint
                    .OnHeartbeat()
                    .On<DataTransferRequest, DataTransferResponse>(
                        (_, _) => new() { Status = DataTransferStatusEnumType.Accepted }
                    ),
            // Only the one that goes beyond it: a busy machine may keep the others waiting, too.
            options => options.SessionFor = (identity, session) => identity == "CS-1" ? limit(session) : session
        );

    /// <summary>How the connection ended for the CSMS, once the station has answered the close frame.</summary>
    private static async Task<OcppCloseKind> ReasonAfterAnswerAsync(Csms csms, ClientWebSocket socket)
    {
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        return (await csms.DisconnectedAsync()).Reason.Kind;
    }
}

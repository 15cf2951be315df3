using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Threading.Channels;
using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.Tests.WebSockets;

/// <summary>A CSMS whose bytes are none of a WebSocket, over real sockets.</summary>
public sealed class ClientRefusalTests
{
    [Theory]
    [InlineData("81035BFF5D", 1007, "The message is not valid UTF-8.")]
    [InlineData("8182000000005B5D", 1002, "Invalid WebSocket frame.")] // masked
    [InlineData("8300", 1002, "Invalid WebSocket frame.")] // of an unknown kind
    [InlineData("8000", 1002, "Invalid WebSocket frame.")] // the continuation of nothing
    public async Task Bytes_that_WebSocket_forbids_end_with_their_close_code_on_the_wire_and_a_report(
        string bytes,
        int code,
        string description
    )
    {
        var patience = TimeSpan.FromSeconds(60);
        var received = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var csms = new RawCsms(async request =>
        {
            await RawCsms.UpgradeAsync(request);
            await request.Stream.WriteAsync(Convert.FromHexString(bytes));
            using var all = new MemoryStream();
            await request.Stream.CopyToAsync(all);
            received.SetResult(all.ToArray());
        });
        var reports = Channel.CreateUnbounded<OcppReport>();
        using var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        socket.Options.AddSubProtocol("ocpp2.0.1");
        await socket.ConnectAsync(csms.Url, CancellationToken.None).WaitAsync(patience);
        await using var session = new OcppSession(
            socket,
            new OcppHandlers(Ocpp201Protocol.Instance),
            "station-1",
            new OcppSessionOptions { Reported = (_, report) => reports.Writer.TryWrite(report) }
        );

        OcppCloseReason reason = await session.RunAsync().WaitAsync(patience);

        Assert.Equal(
            (OcppCloseKind.Violation, code, description),
            (reason.Kind, (int)reason.Status!, reason.Description)
        );
        Assert.Equal(
            new OcppReport(OcppReportKind.ConnectionViolation)
            {
                Detail = FormattableString.Invariant($"{code}, {description}"),
            },
            await reports.Reader.ReadAsync().AsTask().WaitAsync(patience)
        );

        await session.DisposeAsync();

        // A close frame with a mask of four bytes, and nothing behind it.
        byte[] frame = await received.Task.WaitAsync(patience);
        Assert.Equal((8, 0x88, 0x82), (frame.Length, frame[0], frame[1]));
        Assert.Equal(
            code,
            BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(6))
                ^ BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(2))
        );
    }
}

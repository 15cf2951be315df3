using System.Net.WebSockets;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class CompressionTests
{
    private const int Size = 60_000;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Messages_are_compressed_when_both_sides_want_it(bool csmsWants, bool stationWants)
    {
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
                endpoint.On<DataTransferRequest, DataTransferResponse>(
                    (request, _) => new() { Status = DataTransferStatusEnumType.Accepted, Data = request.Data }
                ),
            options => options.UseCompression = csmsWants
        );
        using var wire = new CountedWire();
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("ocpp2.0.1");
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.DangerousDeflateOptions = stationWants ? new WebSocketDeflateOptions() : null;
        await socket.ConnectAsync(csms.UrlOf("CS-1"), wire.Invoker, CancellationToken.None);
        long before = wire.Received;

        await socket.SendAsync(RawMessages.OfSize(Size), Size);
        string? answer = await socket.ReceiveTextAsync();

        bool isCompressed = csmsWants && stationWants;
        string[] accepted = socket.HttpResponseHeaders!.TryGetValue(
            "Sec-WebSocket-Extensions",
            out IEnumerable<string>? extensions
        )
            ? extensions.Single().Split("; ")
            : [];
        Assert.Equal(isCompressed, accepted.Contains("permessage-deflate"));
        Assert.Equal(isCompressed, accepted.Contains("server_no_context_takeover"));
        Assert.InRange(answer!.Length, Size - 100, Size + 100);
        Assert.Equal(isCompressed, wire.Received - before < Size / 10);
    }
}

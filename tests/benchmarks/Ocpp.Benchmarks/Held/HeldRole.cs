using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ocpp.Benchmarks.Floor;
using Ocpp.TestKit;
using Ocpp.V201;

namespace Ocpp.Benchmarks.Held;

/// <summary>
/// What a process of the trial does: the CSMS, the SDK's or a raw WebSocket endpoint, or all stations, which are plain
/// <see cref="ClientWebSocket"/> for both.
/// </summary>
internal static class HeldRole
{
    public const string Name = "held";
    public const string Csms = "csms";
    public const string Stations = "stations";
    public const string Tls = "tls";

    /// <summary>How many connections are opened, and beat, at a time.</summary>
    private const int Parallel = 64;

    private static readonly byte[] s_beat = Encoding.UTF8.GetBytes("""[2,"0123abcd","Heartbeat",{}]""");
    private static readonly byte[] s_answer = Encoding.UTF8.GetBytes(
        """[3,"0123abcd",{"currentTime":"2026-01-01T00:00:00.000Z"}]"""
    );

    /// <summary>Serves until its input ends; a line asks for what it holds.</summary>
    public static async Task<int> RunCsmsAsync(string side, string transport)
    {
        using X509Certificate2? tls = transport == Tls ? CreateCertificate() : null;
        await using CsmsHost csms = side == FloorRole.Ours ? CreateOurs(tls) : CreateRaw(tls);
        await csms.StartAsync();
        Console.WriteLine(csms.Url);
        while (await Console.In.ReadLineAsync() is not null)
        {
            ChildProcess.Tell(HeldMemory.Collect());
        }

        return 0;
    }

    /// <summary>Connects, and sends a Heartbeat on each connection for each line, and awaits the answers.</summary>
    public static async Task<int> RunStationsAsync(Uri url, int first, int count)
    {
        var sockets = new ClientWebSocket[count];
        await ForEachAsync(count, async i => sockets[i] = await ConnectAsync(url, first + i));
        Console.WriteLine("connected");
        while (await Console.In.ReadLineAsync() is not null)
        {
            long start = Stopwatch.GetTimestamp();
            await ForEachAsync(count, i => BeatAsync(sockets[i]));
            Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static CsmsHost CreateOurs(X509Certificate2? tls) =>
        CsmsHost.Create(
            endpoint =>
                endpoint.On<HeartbeatRequest, HeartbeatResponse>(
                    (_, _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UnixEpoch }
                ),
            tls: tls
        );

    private static CsmsHost CreateRaw(X509Certificate2? tls)
    {
        WebApplication app = CsmsHost.CreateBuilder(tls).Build();
        app.UseWebSockets();
        app.Run(AnswerAllAsync);
        return new CsmsHost(app);
    }

    private static async Task AnswerAllAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync("ocpp2.0.1");
        byte[] buffer = new byte[64];
        try
        {
            while (
                (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType
                != WebSocketMessageType.Close
            )
            {
                await SendAsync(socket, s_answer);
            }
        }
        catch (WebSocketException)
        {
            // The stations have ended.
        }
    }

    private static async Task<ClientWebSocket> ConnectAsync(Uri url, int number)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("ocpp2.0.1");
        socket.Options.RemoteCertificateValidationCallback = static (_, certificate, _, _) =>
            certificate?.Subject == "CN=localhost";
        await socket.ConnectAsync(new Uri($"{url}/CS-{number}"), CancellationToken.None);
        return socket;
    }

    private static async Task BeatAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[256];
        await SendAsync(socket, s_beat);
        ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        if (!received.EndOfMessage || !buffer.AsSpan(0, received.Count).StartsWith("[3,\"0123abcd\","u8))
        {
            throw new InvalidOperationException("A Heartbeat was not answered.");
        }
    }

    private static ValueTask SendAsync(WebSocket socket, byte[] frame) =>
        socket.SendAsync(
            frame.AsMemory(),
            WebSocketMessageType.Text,
            WebSocketMessageFlags.EndOfMessage,
            CancellationToken.None
        );

    private static Task ForEachAsync(int count, Func<int, Task> action) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel },
            async (i, _) => await action(i)
        );

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
    }
}

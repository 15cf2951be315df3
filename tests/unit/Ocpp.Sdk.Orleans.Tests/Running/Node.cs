using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.Orleans.Nodes;
using Ocpp.V16;
using Ocpp.V201;
using Orleans.Configuration;

namespace Ocpp.Orleans.Tests.Running;

/// <summary>A node of a CSMS: an endpoint on Kestrel and a silo, on the loopback interface.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _connected = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<OcppCloseReason>> _disconnected = new();

    private Node(WebApplication app, int siloPort)
    {
        _app = app;
        SiloPort = siloPort;
        OcppOptions options = app.Services.GetRequiredService<IOptions<OcppOptions>>().Value;
        options.Connected += session => _connected[session.Identity].TrySetResult();
        options.Disconnected += (session, reason) => _disconnected[session.Identity].TrySetResult(reason);
    }

    public int SiloPort { get; }

    public bool IsStopped { get; private set; }

    public IServiceProvider Services => _app.Services;

    public IOcppStations Stations => _app.Services.GetRequiredService<IOcppStations>();

    public NodeConnections Connections => _app.Services.GetRequiredService<NodeConnections>();

    public SiloAddress Address => _app.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public static async Task<Node> StartAsync(string clusterId, int siloPort, int? primaryPort)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRoutingCore();
        builder.Services.AddOcpp().AllowAnyStation();
        builder.Services.AddHealthChecks().AddOcppCluster();
        builder.UseOrleans(silo =>
            silo.UseLocalhostClustering(
                    siloPort,
                    gatewayPort: 0,
                    new IPEndPoint(IPAddress.Loopback, primaryPort ?? siloPort),
                    "ocpp",
                    clusterId
                )
                .Configure<ClusterMembershipOptions>(membership =>
                {
                    membership.ProbeTimeout = TimeSpan.FromSeconds(1);
                    membership.NumMissedProbesLimit = 2;
                    membership.NumVotesForDeathDeclaration = 1;
                })
                .AddOcpp()
        );
        WebApplication app = builder.Build();
        app.UseRouting();
        app.MapOcpp(
            "/ocpp",
            [Ocpp201Protocol.Instance, Ocpp16Protocol.Instance],
            csms =>
                csms.On(
                    (V201.HeartbeatRequest _) => new V201.HeartbeatResponse { CurrentTime = DateTimeOffset.UnixEpoch }
                )
        );
        var node = new Node(app, siloPort);
        await app.StartAsync();
        return node;
    }

    /// <summary>Connects a station to this node.</summary>
    public async Task<OcppSession> ConnectAsync(string identity, OcppHandlers? handlers = null)
    {
        handlers ??= new OcppHandlers(Ocpp201Protocol.Instance);
        TaskCompletionSource connected = _connected[identity] = new();
        _disconnected[identity] = new();
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        socket.Options.AddSubProtocol(handlers.Protocols[0].Subprotocol);
        string url = _app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal);
        await socket.ConnectAsync(new Uri($"{url}/ocpp/{identity}"), default).WaitAsync(Cluster.Patience);
        var session = new OcppSession(socket, handlers, identity);
        _ = session.RunAsync();

        // One that is replaced while it is registered is closed before.
        await Task.WhenAny(connected.Task, session.Completion).WaitAsync(Cluster.Patience);
        return session;
    }

    /// <summary>Waits until the last connection of a station to this node has ended.</summary>
    public Task<OcppCloseReason> DisconnectedAsync(string identity) =>
        _disconnected[identity].Task.WaitAsync(Cluster.Patience);

    /// <summary>Waits until this node knows a number of nodes that are alive.</summary>
    public async Task WhenClusterHasAsync(int nodes)
    {
        var membership = _app.Services.GetRequiredService<IClusterMembershipService>();
        await foreach (ClusterMembershipSnapshot snapshot in membership.MembershipUpdates)
        {
            if (snapshot.Members.Values.Count(member => member.Status == SiloStatus.Active) == nodes)
            {
                return;
            }
        }
    }

    public async Task StopAsync()
    {
        IsStopped = true;
        await _app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsStopped)
        {
            await StopAsync();
        }

        await _app.DisposeAsync();
    }
}

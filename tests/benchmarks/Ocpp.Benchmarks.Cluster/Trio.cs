using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ocpp.Benchmarks.Floor;
using Ocpp.TestKit;

namespace Ocpp.Benchmarks.Cluster;

/// <summary>
/// Three processes: the node that all stations are connected to, a node that has none, and the stations.
/// </summary>
internal sealed class Trio : IDisposable
{
    private readonly ChildProcess _holder;
    private readonly ChildProcess _other;
    private readonly ChildProcess _stations;

    private Trio(ChildProcess holder, ChildProcess other, ChildProcess stations)
    {
        _holder = holder;
        _other = other;
        _stations = stations;
    }

    public static async Task<Trio> StartAsync(int count)
    {
        int primary = FreePort();
        (ChildProcess holder, string url) = await StartNodeAsync(primary, primary);
        (ChildProcess other, _) = await StartNodeAsync(FreePort(), primary);
        var stations = ChildProcess.Ourselves(StationsRole.Name, url, count.ToString(CultureInfo.InvariantCulture));
        await stations.ReadLineAsync();
        return new Trio(holder, other, stations);
    }

    /// <summary>Has a node call all stations.</summary>
    public async Task<Turn> RunAsync(bool isLocal, int seconds)
    {
        (Usage holder, Usage other, Usage stations) = await AskAsync();
        Usage called = await (isLocal ? _holder : _other).AskAsync<Usage>(
            seconds.ToString(CultureInfo.InvariantCulture)
        );
        (Usage holderNow, Usage otherNow, Usage stationsNow) = await AskAsync();
        return new Turn(seconds, called.Trips, holderNow - holder, otherNow - other, stationsNow - stations);
    }

    public void Dispose()
    {
        _stations.Dispose();
        _other.Dispose();
        _holder.Dispose();
    }

    private async Task<(Usage Holder, Usage Other, Usage Stations)> AskAsync() =>
        (await _holder.AskAsync<Usage>(), await _other.AskAsync<Usage>(), await _stations.AskAsync<Usage>());

    private static async Task<(ChildProcess Process, string Url)> StartNodeAsync(int port, int primary)
    {
        var process = ChildProcess.Ourselves(
            NodeRole.Name,
            port.ToString(CultureInfo.InvariantCulture),
            primary.ToString(CultureInfo.InvariantCulture)
        );
        return (process, await process.ReadLineAsync());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

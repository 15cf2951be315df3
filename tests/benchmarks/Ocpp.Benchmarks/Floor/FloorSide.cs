using System.Globalization;
using Ocpp.TestKit;

namespace Ocpp.Benchmarks.Floor;

/// <summary>Two processes that are connected: a CSMS and all stations.</summary>
internal sealed class FloorSide : IDisposable
{
    private readonly ChildProcess _csms;
    private readonly ChildProcess _stations;

    private FloorSide(ChildProcess csms, ChildProcess stations)
    {
        _csms = csms;
        _stations = stations;
    }

    /// <param name="count">How many stations connect.</param>
    /// <param name="start">Starts a process of this side with the arguments of its role.</param>
    public static async Task<FloorSide> StartAsync(int count, Func<string[], ChildProcess> start)
    {
        ChildProcess csms = start([FloorRole.Csms]);
        string url = await csms.ReadLineAsync();
        ChildProcess stations = start([FloorRole.Stations, url, count.ToString(CultureInfo.InvariantCulture)]);
        await stations.ReadLineAsync();
        return new FloorSide(csms, stations);
    }

    public async Task<FloorResult> RunColdAsync(FloorSettings settings)
    {
        await CallAsync(settings.WarmUp);
        return new FloorResult(await CallAsync(settings.Cold));
    }

    public async Task RunTurnAsync(FloorResult result, FloorSettings settings) =>
        result.Steady += await CallAsync(settings.Turn);

    public void Dispose()
    {
        _stations.Dispose();
        _csms.Dispose();
    }

    private async Task<FloorPhase> CallAsync(int seconds)
    {
        Usage before = await _csms.AskAsync<Usage>();
        Usage stations = await _stations.AskAsync<Usage>(seconds.ToString(CultureInfo.InvariantCulture));
        return new FloorPhase(seconds, await _csms.AskAsync<Usage>() - before, stations);
    }
}

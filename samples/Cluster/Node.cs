using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Ocpp.TestKit;

namespace Cluster;

/// <summary>A node as the operator and the load balancer see it: a process with two addresses.</summary>
internal sealed class Node : IDisposable
{
    /// <summary>The first argument of this program when it is to be a node.</summary>
    public const string Argument = "node";

    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private Node(string name, int stationPort, int operatorPort, ChildProcess process)
    {
        Name = name;
        StationPort = stationPort;
        _process = process;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{operatorPort}"),
        };
    }

    public string Name { get; }

    /// <summary>Where stations connect.</summary>
    public int StationPort { get; }

    /// <summary>The node as Orleans names it.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The calls that this node was asked for.</summary>
    public CallCounts Calls { get; } = new();

    public bool IsKilled { get; private set; }

    /// <summary>Starts a node.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">What is the same for all nodes.</param>
    public static async Task<Node> StartAsync(string name, IReadOnlyList<string> settings)
    {
        int stations = FreePort.Find();
        int operators = FreePort.Find();
        var process = ChildProcess.Ourselves([
            Argument,
            .. settings,
            "--Orleans:Name",
            name,
            "--SiloPort",
            FreePort.Find().ToString(CultureInfo.InvariantCulture),
            "--urls",
            $"https://127.0.0.1:{stations};http://127.0.0.1:{operators}",
        ]);
        var node = new Node(name, stations, operators, process);
        try
        {
            await process.ReadLineAsync();
            node.Address = (await node.ListAsync()).Node;
            return node;
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    /// <summary>The stations of all nodes, as this one knows them.</summary>
    public async Task<StationList> ListAsync() => (await _http.GetFromJsonAsync<StationList>("/stations"))!;

    /// <summary>Has this node call a station.</summary>
    /// <param name="station">The station.</param>
    /// <param name="isLocal">Whether this node holds its connection, as far as is known.</param>
    /// <returns>Why the call failed; <see langword="null"/> if it was answered.</returns>
    public async Task<string?> CallAsync(string station, bool isLocal)
    {
        long start = Stopwatch.GetTimestamp();
        string? failure = await PostAsync($"/stations/{station}/clear-cache");
        Calls.Add(isLocal, failure is null, Stopwatch.GetElapsedTime(start));
        return failure;
    }

    /// <summary>Has this node ask a station for a CSR.</summary>
    public Task<string?> RenewCertificateAsync(string station) => PostAsync($"/stations/{station}/renew-certificate");

    /// <summary>What became of the CSRs of a station, the last one first.</summary>
    public async Task<string[]> ListCertificatesAsync(string station) =>
        (await _http.GetFromJsonAsync<string[]>($"/stations/{station}/certificates"))!;

    /// <summary><c>Healthy</c>, <c>Degraded</c> or <c>Unhealthy</c>.</summary>
    public async Task<string> GetHealthAsync()
    {
        using HttpResponseMessage response = await _http.GetAsync("/health");
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Kills it on the spot.</summary>
    public async Task KillAsync()
    {
        IsKilled = true;
        await _process.KillAsync();
    }

    /// <summary>Stops it in order, unless it was killed.</summary>
    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
    }

    private async Task<string?> PostAsync(string path)
    {
        using HttpResponseMessage response = await _http.PostAsync(path, null);
        string text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? null : text;
    }
}

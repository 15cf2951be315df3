using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Samples;

namespace Cluster;

/// <summary>Three nodes, of which one is killed, and their stations: prints what becomes of them.</summary>
internal sealed class Demonstration(Options options, Engines engines, string folder) : IAsyncDisposable
{
    private const int NodeCount = 3;

    /// <summary>How many calls a node makes at once.</summary>
    private const int Parallel = 50;

    /// <summary>How long something may take until it counts as failed.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly X509Certificate2 _server = LoopbackCertificate.Create();
    private readonly List<Node> _nodes = [];
    private readonly Fleet _fleet = new();
    private LocalCertificateAuthority? _authority;
    private LoadBalancer? _balancer;

    /// <summary>Runs it all.</summary>
    /// <returns>Whether everything was as it should be.</returns>
    public async Task<bool> RunAsync()
    {
        await StartAsync();
        StationList before = await WhenConnectedAsync(_nodes[0]);
        Print("Stations", before);

        Title("Each node calls each station, wherever that is");
        bool isAnswered = await CallEachAsync(before);

        bool isRenewed = await RenewCertificateAsync(before);

        // Not the first node, so that the table has one before and one behind it.
        Node lost = _nodes[1];
        IReadOnlyList<string> stations = before.On(lost.Address);
        Title($"Kill -9: {lost.Name}, with {stations.Count} stations, while the other nodes call them");
        var time = Stopwatch.StartNew();
        Print(await KillAsync(lost, stations));
        StationList after = await WhenConnectedAsync(_nodes[0]);
        TimeSpan back = time.Elapsed;
        Print("Stations", after);
        Title("Each node that is left calls each station again");
        isAnswered &= await CallEachAsync(after);
        isRenewed &= await RenewCertificateAsync(after);
        PrintTable(before, after, back);
        return isRenewed && isAnswered;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _fleet.DisposeAsync();
        if (_balancer is not null)
        {
            await _balancer.DisposeAsync();
        }

        _nodes.ForEach(node => node.Dispose());
        _authority?.Dispose();
        _server.Dispose();
    }

    private async Task StartAsync()
    {
        Title($"Redis at {engines.Redis}, PostgreSQL, and {NodeCount} nodes, each a process");
        string password = RandomNumberGenerator.GetHexString(32);
        string certificate = Path.Combine(folder, "server.pfx");
        await File.WriteAllBytesAsync(certificate, _server.Export(X509ContentType.Pkcs12, password));

        // Made before the nodes start, which all use it: its folder is on this machine, and theirs too.
        string authority = Path.Combine(folder, "ca");
        _authority = LocalCertificateAuthority.Open(
            authority,
            new() { OrganizationName = NodeApplication.OperatorName }
        );
        string[] settings =
        [
            "--Cluster",
            Path.GetFileName(folder),
            "--Authority",
            authority,
            "--ConnectionStrings:Redis",
            engines.Redis,
            "--ConnectionStrings:Signing",
            engines.PostgreSql,
            "--Kestrel:Certificates:Default:Path",
            certificate,
            "--Kestrel:Certificates:Default:Password",
            password,
            "--Logging:LogLevel:Default",
            options.HasLogs ? "Warning" : "None",
            "--Logging:Console:LogToStandardErrorThreshold",
            "Trace",
        ];
        for (int number = 1; number <= NodeCount; number++)
        {
            Node node = await Node.StartAsync($"node-{number}", settings);
            _nodes.Add(node);
            Console.WriteLine($"  {node.Name} {node.Address}: {await node.GetHealthAsync()}");
        }

        _balancer = new LoadBalancer(_nodes);
        Title($"{options.Stations} stations connect to {_balancer.Url}, behind which the nodes take turns");
        await _fleet.ConnectAsync(_balancer.Url, _server, options.Stations);
        await _fleet.ConnectCertifiedAsync(
            _balancer.Url,
            _server,
            _authority.Root,
            Path.Combine(folder, Fleet.Certified)
        );
    }

    /// <summary>Has each node call each station.</summary>
    /// <returns>Whether all calls were answered.</returns>
    private async Task<bool> CallEachAsync(StationList list)
    {
        var failures = new Failures();
        Node[] nodes = [.. _nodes.Where(node => !node.IsKilled)];
        string[] stations = [.. list.NodeOf.Keys.Where(station => station != Fleet.Certified)];
        await Task.WhenAll(
            nodes.Select(node =>
                System.Threading.Tasks.Parallel.ForEachAsync(
                    stations,
                    new ParallelOptions { MaxDegreeOfParallelism = Parallel },
                    async (station, _) =>
                    {
                        if (await node.CallAsync(station, list.NodeOf[station] == node.Address) is { } reason)
                        {
                            failures.Add(station, reason);
                        }
                    }
                )
            )
        );
        Console.WriteLine($"  {(nodes.Length * stations.Length) - failures.Count} calls were answered");
        Print(failures);
        return failures.Count == 0;
    }

    /// <summary>
    /// Kills a node while the others call its stations, and has them call each of those until it answers again.
    /// </summary>
    private async Task<Failures> KillAsync(Node lost, IReadOnlyList<string> stations)
    {
        var failures = new Failures();
        Node[] others = [.. _nodes.Where(node => node != lost)];
        Task[] calls =
        [
            .. stations
                .Where(station => station != Fleet.Certified)
                .Select((station, index) => CallUntilAnsweredAsync(others[index % others.Length], station)),
        ];
        await lost.KillAsync();
        await Task.WhenAll(calls).WaitAsync(s_patience);
        return failures;

        async Task CallUntilAnsweredAsync(Node node, string station)
        {
            while (await node.CallAsync(station, isLocal: false) is { } reason)
            {
                failures.Add(station, reason);
                await Task.Delay(500);
            }
        }
    }

    /// <summary>
    /// A node asks a station for a CSR that is connected to another one. The request is kept in PostgreSQL, and the
    /// certificate goes out from the node that the station is connected to.
    /// </summary>
    private async Task<bool> RenewCertificateAsync(StationList list)
    {
        string holder = list.NodeOf[Fleet.Certified];
        Node node = _nodes.First(node => !node.IsKilled && node.Address != holder);
        Title($"{node.Name} has {Fleet.Certified} renew its certificate, which is connected to {NameOf(holder)}");
        if (await node.RenewCertificateAsync(Fleet.Certified) is { } failure)
        {
            Console.WriteLine($"  It failed: {failure}");
            return false;
        }

        await _fleet.WhenCertifiedAsync();
        holder = (await WhenConnectedAsync(node)).NodeOf[Fleet.Certified];
        Console.WriteLine($"  It has connected to {NameOf(holder)}, with the certificate (security profile 3).");
        Console.WriteLine($"  In the store: {string.Join(", ", await node.ListCertificatesAsync(Fleet.Certified))}.");
        return true;
    }

    /// <summary>Waits until all stations are connected.</summary>
    private async Task<StationList> WhenConnectedAsync(Node node)
    {
        var time = Stopwatch.StartNew();
        while (true)
        {
            StationList list = await node.ListAsync();
            if (list.NodeOf.Count == options.Stations && list.NodeOf.Values.All(IsAlive))
            {
                return list;
            }

            if (time.Elapsed > s_patience)
            {
                throw new TimeoutException($"Only {list.NodeOf.Count} of {options.Stations} stations are connected.");
            }

            await Task.Delay(100);
        }

        bool IsAlive(string address) => _nodes.Any(one => one.Address == address && !one.IsKilled);
    }

    private string NameOf(string address) => _nodes.Single(node => node.Address == address).Name;

    private void Print(string title, StationList list) =>
        Console.WriteLine(
            $"  {title}: {string.Join(", ", _nodes.Select(node => $"{node.Name} has {list.On(node.Address).Count}"))}"
        );

    private static void Print(Failures failures)
    {
        foreach ((string reason, int count) in failures.Reasons)
        {
            Console.WriteLine($"  {count} calls failed: {reason}");
        }
    }

    private void PrintTable(StationList before, StationList after, TimeSpan back)
    {
        Console.WriteLine();
        Console.WriteLine("node      stations   after  local calls  remote calls  failed  longest failure");
        foreach (Node node in _nodes)
        {
            string now = node.IsKilled ? "killed" : $"{after.On(node.Address).Count}";
            Console.WriteLine(
                $"{node.Name, -8}  {before.On(node.Address).Count, 8}  {now, 6}  {node.Calls.Local, 11}  "
                    + $"{node.Calls.Remote, 12}  {node.Calls.Failed, 6}  "
                    + $"{node.Calls.LongestFailure.TotalSeconds, 13:f1} s"
            );
        }

        Console.WriteLine($"All {options.Stations} stations were connected {back.TotalSeconds:f1} s after the kill.");
    }

    private static void Title(string title)
    {
        Console.WriteLine();
        Console.WriteLine(title);
    }
}

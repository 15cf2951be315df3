using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Ocpp.TestKit;

/// <summary>
/// A PostgreSQL of a test's own, in a temporary folder and on a free port of the loopback interface. It ends with the
/// process that started it, even when that is killed.
/// </summary>
internal sealed class PostgreSqlCluster : IDisposable
{
    /// <summary>The connection string of a PostgreSQL that is used in place of one of the test's own.</summary>
    public const string Variable = "OCPP_TEST_POSTGRES";

    // Waits for commands on its input, and stops the server when that ends. The server is not durable, but fast.
    private const string Script = """
        start() {
          "$bin/postgres" -D "$folder/data" -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 -c fsync=off \
            -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB >> "$folder/log" 2>&1 &
          server=$!
        }
        bin=$1 folder=$2 port=$3
        "$bin/initdb" -D "$folder/data" -U ocpp -A password --pwfile="$folder/password" -E UTF8 --no-locale --no-sync \
          > "$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
        start
        echo started
        while read -r command; do
          case $command in
            stop) kill -INT "$server"; wait "$server" ;;
            crash) kill -QUIT "$server"; wait "$server" ;;
            start) start ;;
          esac
          echo "$command"
        done
        kill -INT "$server" 2> /dev/null
        wait "$server"
        rm -rf "$folder"
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly ChildProcess _server;

    private PostgreSqlCluster(ChildProcess server, string connectionString)
    {
        _server = server;
        ConnectionString = connectionString;
    }

    /// <summary>Why no PostgreSQL can be started here; <see langword="null"/> if one can.</summary>
    public static string? WhyNone { get; } = FindObstacle();

    public string ConnectionString { get; }

    public static async Task<PostgreSqlCluster> StartAsync()
    {
        string[] asUser = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            : [];
        string folder = (await RunAsync([.. asUser, "mktemp", "-d", "/tmp/ocpp-postgresql-XXXXXX"])).Trim();
        string password = RandomNumberGenerator.GetHexString(32);
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), password);
        int port = FindPort();
        string[] command = [.. asUser, "sh", "-c", Script, "sh", FindPrograms()!, folder, $"{port}"];
        var server = new ChildProcess(command[0], command[1..]);
        string answer = await server.ReadLineAsync();
        if (answer != "started")
        {
            (_, string more) = await server.EndAsync();
            throw new InvalidOperationException($"PostgreSQL could not be made: {answer}\n{more}");
        }

        var cluster = new PostgreSqlCluster(
            server,
            new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = port,
                Username = "ocpp",
                Password = password,
                Database = "postgres",
            }.ConnectionString
        );
        await cluster.WaitUntilReadyAsync();
        return cluster;
    }

    /// <summary>Stops it: connections are closed, and what is not committed is rolled back.</summary>
    public Task StopAsync() => AskAsync("stop");

    /// <summary>Ends it on the spot, as a crash does.</summary>
    public Task CrashAsync() => AskAsync("crash");

    /// <summary>Starts it again, with all that it had.</summary>
    public async Task StartAgainAsync()
    {
        await AskAsync("start");
        await WaitUntilReadyAsync();
    }

    public void Dispose() => _server.Dispose();

    private async Task AskAsync(string command)
    {
        if (await _server.AskAsync(command) != command)
        {
            throw new InvalidOperationException($"PostgreSQL did not {command}.");
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }
        );
        var time = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using NpgsqlConnection connection = await source.OpenConnectionAsync();
                return;
            }
            catch (NpgsqlException) when (time.Elapsed < s_patience)
            {
                await Task.Delay(50); // it has no way to say so
            }
        }
    }

    private static string? FindObstacle()
    {
        if (OperatingSystem.IsWindows())
        {
            return "On Windows the tests start no PostgreSQL.";
        }

        if (FindPrograms() is null)
        {
            return "PostgreSQL is not installed: no initdb in PATH or /usr/lib/postgresql.";
        }

        // It refuses to run as root.
        return Environment.IsPrivilegedProcess && (FindInPath("setpriv") is null || !HasUser())
            ? "PostgreSQL does not run as root, and there is no user postgres, or no setpriv."
            : null;
    }

    private static bool HasUser() =>
        File.Exists("/etc/passwd")
        && File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal));

    private static string? FindPrograms() =>
        FindInPath("initdb")
        ?? (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
            .Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    private static string? FindInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .FirstOrDefault(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    private static int FindPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> RunAsync(string[] command)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true }
        )!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}.");
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Tests.Rpc;

/// <summary>Wire logs in files.</summary>
public sealed partial class WireLogFileTests : IDisposable
{
    private const string Time = "2026-01-01T00:00:00.0000000Z";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_frame_has_a_line_without_its_secrets_between_those_of_its_connection()
    {
        await using (OcppWireLogFile log = OcppWireLogFile.Open(Options()))
        {
            await using OcppPair pair = CreatePair(log, "RDAM 123");
            await pair.Station.CallAsync(
                new AuthorizeRequest
                {
                    IdToken = new IdTokenType { IdToken = "SECRET01", Type = IdTokenEnumType.Local },
                }
            );
            await pair.Station.CloseAsync();
            await pair.Csms.Completion;
        }

        Assert.Equal(
            [
                $"{Time} RDAM%20123 connected, ocpp2.0.1, no security profile",
                $$$"""{{{Time}}} RDAM%20123 received [2,"id","Authorize",{"idToken":{"idToken":"(8 characters)","type":"Local"}}]""",
                $$$"""{{{Time}}} RDAM%20123 sent [3,"id",{"idTokenInfo":{"status":"Accepted"}}]""",
                $"{Time} RDAM%20123 disconnected: ClosedByPeer (1000).",
            ],
            Lines("wire.log")
        );
    }

    [Fact]
    public async Task A_connection_without_a_frame_is_logged_once_where_connections_are_observed()
    {
        await using (OcppWireLogFile log = OcppWireLogFile.Open(Options()))
        {
            await using OcppPair pair = CreatePair(log);
            log.Connected(pair.Csms);
            log.Connected(pair.Csms);
            pair.Csms.Abort("test");
            await pair.Csms.Completion;
        }

        Assert.Equal(
            [$"{Time} CS-1 connected, ocpp2.0.1, no security profile", $"{Time} CS-1 disconnected: Aborted: test"],
            Lines("wire.log")
        );
    }

    [Fact]
    public async Task What_is_not_a_frame_has_only_its_size()
    {
        await using (OcppWireLogFile log = OcppWireLogFile.Open(Options()))
        {
            await using OcppPair pair = CreatePair(log);
            log.Tap(pair.Csms, isSent: false, "SECRET\n"u8);
        }

        Assert.Contains($"{Time} CS-1 received (7 bytes that are not a frame)", Lines("wire.log"));
    }

    [Fact]
    public async Task A_full_file_is_set_aside_the_oldest_is_deleted_and_a_new_one_names_the_open_connections()
    {
        OcppWireLogFileOptions options = Options() with { MaxFileSize = 250, MaxFullFiles = 2 };
        _folder.Write("wire-other.log", "not one of them");
        await using (OcppWireLogFile log = OcppWireLogFile.Open(options))
        {
            await using OcppPair pair = CreatePair(log);
            for (int i = 0; i < 20; i++)
            {
                log.Tap(pair.Csms, isSent: true, "[2,\"1\",\"Heartbeat\",{}]"u8);
            }
        }

        string[] files = [.. Directory.EnumerateFiles(_folder.Path).Select(f => Path.GetFileName(f)!).Order()];
        Assert.Equal(4, files.Length);
        Assert.Equal("wire-other.log", files[2]);
        Assert.Equal("wire.log", files[3]);
        Assert.Equal(Number(files[0]) + 1, Number(files[1]));
        Assert.All(
            files.Where(file => file != "wire-other.log"),
            file =>
            {
                Assert.InRange(new FileInfo(_folder.Locate(file)).Length, 1, 250);
                Assert.Equal($"{Time} CS-1 open, ocpp2.0.1, no security profile", Lines(file)[0]);
            }
        );

        static int Number(string file) => int.Parse(file[5..13], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task No_full_file_is_kept_if_none_may_be()
    {
        await using (OcppWireLogFile log = OcppWireLogFile.Open(Options() with { MaxFileSize = 1, MaxFullFiles = 0 }))
        {
            await using OcppPair pair = CreatePair(log);
            log.Connected(pair.Csms);
        }

        Assert.Equal(["wire.log"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_file_that_ends_within_a_line_goes_on_with_a_line_of_its_own()
    {
        _folder.Write("wire.log", "[2,\"1\",\"Hea");
        await using (OcppWireLogFile log = OcppWireLogFile.Open(Options()))
        {
            await using OcppPair pair = CreatePair(log);
            log.Connected(pair.Csms);
        }

        Assert.Equal(
            ["[2,\"id\",\"Hea", $"{Time} CS-1 connected, ocpp2.0.1, no security profile"],
            Lines("wire.log").Take(2)
        );
    }

    [Fact]
    public async Task Frames_beyond_the_bytes_that_may_wait_are_dropped_and_counted()
    {
        await using (OcppWireLogFile log = OcppWireLogFile.Open(Options() with { MaxWaitingBytes = 1_000 }))
        {
            await using OcppPair pair = CreatePair(log);
            log.Tap(pair.Csms, isSent: true, new byte[1_000]);
            log.Tap(pair.Csms, isSent: true, new byte[1_000]);
        }

        // What is dropped is written with the next line: both of them at once, or each by itself.
        string[] lines = Lines("wire.log");
        IEnumerable<string> dropped = lines
            .Select(line => DroppedLines().Match(line))
            .Where(line => line.Success)
            .Select(line => line.Groups["count"].Value);
        Assert.Equal(2, dropped.Sum(count => int.Parse(count, CultureInfo.InvariantCulture)));
        Assert.DoesNotContain(lines, line => line.Contains(" sent ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_that_can_not_be_written_is_reported_once_and_goes_on_when_it_can()
    {
        using var failures = new FailureLog();
        string folder = _folder.Locate("logs");
        Directory.CreateDirectory(folder);
        await using (
            OcppWireLogFile log = OcppWireLogFile.Open(
                Options() with
                {
                    Path = Path.Combine(folder, "wire.log"),
                    MaxFileSize = 1,
                    Logger = failures,
                }
            )
        )
        {
            await using OcppPair pair = CreatePair(log);
            await pair.Station.CallAsync(new HeartbeatRequest());
            Directory.Delete(folder, recursive: true);

            // The sessions do not notice it.
            await pair.Station.CallAsync(new HeartbeatRequest());
            await failures.Failed.WaitAsync(TimeSpan.FromSeconds(60));
            Directory.CreateDirectory(folder);
            await pair.Station.CallAsync(new HeartbeatRequest());
        }

        Assert.Equal([(8, LogLevel.Error)], failures.Log.Lines.Select(line => (line.EventId, line.Level)));
        string[] lines =
        [
            .. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines),
        ];
        Assert.Contains(lines, line => DroppedLines().IsMatch(line));
        Assert.Contains(lines, line => line.Contains("\"Heartbeat\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_log_in_a_folder_that_does_not_exist_is_an_error_when_it_is_opened() =>
        Assert.Throws<DirectoryNotFoundException>(() =>
            OcppWireLogFile.Open(Options() with { Path = _folder.Locate("none/wire.log") })
        );

    private OcppWireLogFileOptions Options() =>
        new() { Path = _folder.Locate("wire.log"), TimeProvider = new OcppTestClock() };

    /// <summary>The lines of a file, with one id for all messages.</summary>
    private string[] Lines(string file) =>
        [.. File.ReadAllLines(_folder.Locate(file)).Select(line => MessageIds().Replace(line, "[$1,\"id\""))];

    private static OcppPair CreatePair(OcppWireLogFile log, string identity = "CS-1")
    {
        var csms = new OcppHandlers(Ocpp201Protocol.Instance);
        csms.On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UnixEpoch });
        csms.On(
            (AuthorizeRequest _) =>
                new AuthorizeResponse
                {
                    IdTokenInfo = new IdTokenInfoType { Status = AuthorizationStatusEnumType.Accepted },
                }
        );
        return OcppPair.Create(
            new OcppHandlers(Ocpp201Protocol.Instance),
            csms,
            new OcppPairOptions
            {
                Identity = identity,
                Csms = new OcppSessionOptions { FrameTap = log.Tap },
            }
        );
    }

    [GeneratedRegex(@"\[([0-9]),""[^""]*""")]
    private static partial Regex MessageIds();

    [GeneratedRegex("^[^ ]+ - dropped (?<count>[1-9][0-9]*) lines$", RegexOptions.ExplicitCapture)]
    private static partial Regex DroppedLines();

    /// <summary>Shows when the first failure was logged.</summary>
    private sealed class FailureLog : ILogger, IDisposable
    {
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TestLog Log { get; } = new();

        public Task Failed => _failed.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            Log.Log(logLevel, eventId, state, exception, formatter);
            _failed.TrySetResult();
        }

        public void Dispose() => Log.Dispose();
    }
}

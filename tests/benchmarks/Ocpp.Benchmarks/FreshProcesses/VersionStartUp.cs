using System.Buffers;
using System.Globalization;
using System.Text;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Rpc;
using Ocpp.V16;
using Ocpp.V201;
using Ocpp.V21;

namespace Ocpp.Benchmarks.FreshProcesses;

/// <summary>
/// The first message of a process in each version of OCPP, read and then written: what the JIT has to compile for it.
/// </summary>
internal static class VersionStartUp
{
    public const string Name = "start-up-versions";

    private const string Station = """{"chargingStation":{"model":"EX-1","vendorName":"Example"},"reason":"PowerUp"}""";

    private static readonly Version[] s_versions =
    [
        new(
            Ocpp16Protocol.Instance,
            "OCPP 1.6",
            """{"chargePointVendor":"Example","chargePointModel":"EX-1"}""",
            static (output, request) =>
                OcppFrame.WriteCall(output, Payloads.Payload.MessageId, (V16.BootNotificationRequest)request)
        ),
        new(
            Ocpp201Protocol.Instance,
            "OCPP 2.0.1",
            Station,
            static (output, request) =>
                OcppFrame.WriteCall(output, Payloads.Payload.MessageId, (V201.BootNotificationRequest)request)
        ),
        new(
            Ocpp21Protocol.Instance,
            "OCPP 2.1",
            Station,
            static (output, request) =>
                OcppFrame.WriteCall(output, Payloads.Payload.MessageId, (V21.BootNotificationRequest)request)
        ),
    ];

    /// <summary>Measures the versions in turn.</summary>
    public static IReadOnlyList<Row> Measure(int rounds)
    {
        double[][][] runs =
        [
            .. Enumerable
                .Range(0, rounds)
                .Select(_ =>
                    s_versions.Select(version => FreshProcess.Run(Name, version.Protocol.Subprotocol)).ToArray()
                ),
        ];
        return [.. RowsOf(runs, "first message read", 0), .. RowsOf(runs, "first message written", 1)];
    }

    /// <summary>What a process does that has read nothing yet: it prints the nanoseconds of both.</summary>
    public static void Run(string subprotocol)
    {
        Version version = s_versions.Single(version => version.Protocol.Subprotocol == subprotocol);
        byte[] utf8Json = Encoding.UTF8.GetBytes(
            $"""[2,"{Payloads.Payload.MessageId}","BootNotification",{version.Request}]"""
        );
        var output = new ArrayBufferWriter<byte>(1024);
        long start = ThreadClock.Nanoseconds;
        object? request =
            OcppFrame.TryRead(utf8Json, out OcppFrame frame, out _)
            && version.Protocol.FindAction(frame.Utf8Action) is { } action
                ? action.ReadRequest(frame.Payload, out _)
                : null;
        long read = ThreadClock.Nanoseconds;
        if (request is null)
        {
            throw new InvalidOperationException($"{version.Contender} can't read its message; nothing is measured.");
        }

        long middle = ThreadClock.Nanoseconds;
        version.Write(output, request);
        long written = ThreadClock.Nanoseconds;
        if (!output.WrittenSpan.SequenceEqual(utf8Json))
        {
            throw new InvalidOperationException($"{version.Contender} writes other bytes; nothing is measured.");
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{read - start} {written - middle}"));
    }

    private static IEnumerable<Row> RowsOf(double[][][] runs, string operation, int column) =>
        s_versions.Select(
            (version, i) =>
                new Row(
                    Name,
                    operation,
                    null,
                    version.Contender,
                    Median.Of(runs.Select(run => run[i][column])),
                    Median.Of(runs.Select(run => run[i][column] / run[1][column])),
                    null,
                    [.. runs.Select(run => run[i][column])]
                )
        );

    private sealed record Version(
        OcppProtocol Protocol,
        string Contender,
        string Request,
        Action<IBufferWriter<byte>, object> Write
    );
}

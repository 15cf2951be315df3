using System.Globalization;
using Ocpp.Benchmarks.Payloads;
using Ocpp.TestKit;

namespace Ocpp.Benchmarks.Floor;

/// <summary>What a process of the trial does: it is one end of all connections, ours or of raw WebSockets.</summary>
internal static class FloorRole
{
    public const string Name = "floor";
    public const string Csms = "csms";
    public const string Stations = "stations";
    public const string Ours = "ours";
    public const string Raw = "raw";

    /// <summary>Serves until its input ends; a line asks for what it has used so far.</summary>
    public static async Task<int> RunCsmsAsync(string side)
    {
        await using CsmsHost csms = side == Ours ? OcppEnds.CreateCsms() : RawEnds.CreateCsms();
        await csms.StartAsync();
        Console.WriteLine(csms.Url);
        while (await Console.In.ReadLineAsync() is not null)
        {
            ChildProcess.Tell(Usage.Now);
        }

        return 0;
    }

    /// <summary>
    /// Connects, and calls on all connections for as many seconds as each line says; each connection waits for the
    /// answer before it calls again.
    /// </summary>
    public static async Task<int> RunStationsAsync(string side, Uri url, int count)
    {
        Func<Task>[] calls =
            side == Ours ? await OcppEnds.ConnectAsync(url, count) : await RawEnds.ConnectAsync(url, count);
        Console.WriteLine("connected");
        while (await Console.In.ReadLineAsync() is { } seconds)
        {
            Usage before = Usage.Now;
            int trips = await CallAsync(calls, double.Parse(seconds, CultureInfo.InvariantCulture));
            ChildProcess.Tell((Usage.Now - before) with { Trips = trips });
        }

        return 0;
    }

    /// <summary>Payloads with every property: frames of about 1,140 and 700 bytes.</summary>
    public static (byte[] Request, byte[] Response) Payloads()
    {
        Dictionary<string, byte[]> samples = AllSamples.Read();
        return (samples["TransactionEventRequest"], samples["TransactionEventResponse"]);
    }

    private static async Task<int> CallAsync(Func<Task>[] calls, double seconds)
    {
        TimeProvider clock = TimeProvider.System;
        long end = clock.GetTimestamp() + (long)(seconds * clock.TimestampFrequency);
        int[] trips = await Task.WhenAll(
            calls.Select(async call =>
            {
                int trips = 0;
                for (; clock.GetTimestamp() < end; trips++)
                {
                    await call();
                }

                return trips;
            })
        );
        return trips.Sum();
    }
}

using Ocpp.Interop;

// Started by run.sh, beside the scripts:
//   Ocpp.Interop FOLDER                           all messages to and fro with the other implementation, both ways,
//                                                 and signed messages
//   Ocpp.Interop throughput FOLDER [SECONDS]      round trips, ours and theirs
return args switch
{
    [var folder] => await ConformAsync(folder),
    ["throughput", var folder] => await Throughput.RunAsync(folder, seconds: 5),
    ["throughput", var folder, var seconds] => await Throughput.RunAsync(folder, int.Parse(seconds, null)),
    [Throughput.Stations, var url, var folder, var count, var seconds] => await Throughput.RunStationsAsync(
        new Uri(url),
        folder,
        int.Parse(count, null),
        int.Parse(seconds, null)
    ),
    [Throughput.Csms, var folder] => await Throughput.RunCsmsAsync(folder),
    _ => 2,
};

static async Task<int> ConformAsync(string folder)
{
    var samples = new Samples(folder);

    // Their station, our CSMS: the station drives.
    var counts = new Counts();
    bool stationPassed;
    await using (
        var csms = CsmsHost.Create(
            endpoint =>
            {
                foreach (Exchange exchange in Exchange.All)
                {
                    exchange.AddTo(endpoint, samples, counts);
                }
            },
            options => options.Session = Peer.Options(counts)
        )
    )
    {
        await csms.StartAsync();
        using ChildProcess station = Node.Start("peer.mjs", "station", csms.Url.ToString(), folder);
        (int exitCode, string theirs) = await station.EndAsync();
        Console.WriteLine($"their station, our CSMS: {counts}; theirs: {theirs}");
        stationPassed = exitCode == 0 && counts is { Calls: 128, Answers: 129, Refused: 1, TimedOut: 1 };
    }

    // Our station, their CSMS: the station drives.
    using ChildProcess other = Node.Start("peer.mjs", "csms", folder);
    bool csmsPassed = await Station.RunAsync(new Uri(await other.ReadLineAsync()), samples);
    (int otherExitCode, string others) = await other.EndAsync();
    Console.WriteLine($"theirs: {others}");

    // A station that signs with another implementation of JSON Web Signatures.
    bool signedPassed = await SigningStation.RunAsync(folder);
    return stationPassed && csmsPassed && otherExitCode == 0 && signedPassed ? 0 : 1;
}

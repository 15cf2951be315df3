using Ocpp;
using Ocpp.Interop;
using Ocpp.V16;
using Ocpp.V201;
using Ocpp.V21;

// Started by run.sh, beside the scripts:
//   Ocpp.Interop FOLDER                           all messages of each version and signed ones to and fro with the
//                                                 other implementation, both ways; the samples of the versions are in
//                                                 folders named as the subprotocols
return args is [var folder] ? await ConformAsync(folder) : 2;

static async Task<int> ConformAsync(string folder)
{
    OcppProtocol[] protocols = [Ocpp16Protocol.Instance, Ocpp201Protocol.Instance, Ocpp21Protocol.Instance];
    int failed = 0;
    foreach (OcppProtocol protocol in protocols)
    {
        string ofProtocol = Path.Combine(folder, protocol.Subprotocol);
        failed += await ConformsAsync(new Samples(protocol, ofProtocol), ofProtocol) ? 0 : 1;
    }

    Console.WriteLine($"{protocols.Length - failed} of {protocols.Length} versions");

    // A station that signs with another implementation of JSON Web Signatures.
    bool signedPassed = await SigningStation.RunAsync(folder);
    return failed == 0 && signedPassed ? 0 : 1;
}

static async Task<bool> ConformsAsync(Samples samples, string folder)
{
    string subprotocol = samples.Protocol.Subprotocol;

    // Their station, our CSMS: the station drives.
    var counts = new Counts();
    bool stationPassed;
    await using (
        var csms = CsmsHost.Create(
            endpoint =>
            {
                foreach (Exchange exchange in samples.Exchanges)
                {
                    exchange.AddTo(endpoint, samples, counts);
                }
            },
            options => options.Session = Peer.Options(counts),
            protocols: [samples.Protocol]
        )
    )
    {
        await csms.StartAsync();
        using ChildProcess station = Node.Start("peer.mjs", "station", subprotocol, csms.Url.ToString(), folder);
        (int exitCode, string theirs) = await station.EndAsync();
        Console.WriteLine($"{subprotocol}, their station, our CSMS: {counts}; theirs: {theirs}");
        stationPassed =
            exitCode == 0
            && counts.Calls == samples.Calls
            && counts.Answers == samples.Calls + 1
            && counts is { Refused: 1, TimedOut: 1 };
    }

    // Our station, their CSMS: the station drives.
    using ChildProcess other = Node.Start("peer.mjs", "csms", subprotocol, folder);
    bool csmsPassed = await Station.RunAsync(new Uri(await other.ReadLineAsync()), samples);
    (int otherExitCode, string others) = await other.EndAsync();
    Console.WriteLine($"{subprotocol}, theirs: {others}");
    return stationPassed && csmsPassed && otherExitCode == 0;
}

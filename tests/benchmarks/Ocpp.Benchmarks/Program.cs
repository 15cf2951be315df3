using System.Globalization;
using Ocpp.Benchmarks;
using Ocpp.Benchmarks.Building;
using Ocpp.Benchmarks.Contenders;
using Ocpp.Benchmarks.Floor;
using Ocpp.Benchmarks.FreshProcesses;
using Ocpp.Benchmarks.Held;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Benchmarks.Payloads;
using Ocpp.Benchmarks.Reporting;
using Ocpp.Benchmarks.Versions;

switch (args)
{
    case [FreshProcess.Argument, StartUp.Name, var contender, var scope]:
        FirstRead.Run(contender, scope);
        return 0;

    case [FreshProcess.Argument, VersionStartUp.Name, var subprotocol]:
        VersionStartUp.Run(subprotocol);
        return 0;

    case [FreshProcess.Argument, BuildTimes.Name, var how, var folder]:
        Generating.Run(how, folder);
        return 0;

    case [FreshProcess.Argument, VersionTimes.Name, var version]:
        Generating.RunAlone(SchemaCollection.Find(version).Schemas);
        return 0;

    case [FreshProcess.Argument, FloorRole.Name, var side, FloorRole.Csms]:
        return await FloorRole.RunCsmsAsync(side);

    case [FreshProcess.Argument, FloorRole.Name, var side, FloorRole.Stations, var url, var count]:
        return await FloorRole.RunStationsAsync(side, new Uri(url), int.Parse(count, CultureInfo.InvariantCulture));

    case [FreshProcess.Argument, HeldRole.Name, HeldRole.Csms, var side, var transport]:
        return await HeldRole.RunCsmsAsync(side, transport);

    case [FreshProcess.Argument, HeldRole.Name, HeldRole.Stations, var url, var first, var count]:
        return await HeldRole.RunStationsAsync(
            new Uri(url),
            int.Parse(first, CultureInfo.InvariantCulture),
            int.Parse(count, CultureInfo.InvariantCulture)
        );
}

IReadOnlyList<Payload> payloads = AllPayloads.Create();
IReadOnlyList<VersionPayload> ofVersions = VersionPayloads.Create();
if (
    !Arguments.TryParse(
        args,
        [
            .. payloads.Select(payload => payload.Name),
            .. ofVersions.Select(payload => payload.Name),
            StartUp.Name,
            VersionStartUp.Name,
            BuildTimes.Name,
            VersionTimes.Name,
        ],
        out Arguments? arguments,
        out string error
    )
)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

if (arguments.ConnectionsHeld is { } connections)
{
    await HeldTrial.RunAsync(connections);
    return 0;
}

if (arguments.Floor)
{
    await FloorTrial.RunAsync(arguments);
    return 0;
}

Settings settings = arguments.Short ? Settings.Short : Settings.Full;
var report = new MarkdownReport(Console.Out, settings);

// Fresh processes first: they share nothing with what comes after.
if (arguments.Includes(StartUp.Name))
{
    IReadOnlyList<Row> rows = StartUp.Measure(settings.Processes);
    report.Add(rows, StartUp.Goals(rows));
}

if (arguments.Includes(VersionStartUp.Name))
{
    report.Add(VersionStartUp.Measure(settings.Processes), []);
}

if (arguments.Includes(BuildTimes.Name))
{
    IReadOnlyList<Row> rows = BuildTimes.Measure(settings.Processes);
    report.Add(rows, BuildTimes.Goals(rows));
}

if (arguments.Includes(VersionTimes.Name))
{
    report.Add(VersionTimes.Measure(settings.Processes), []);
}

payloads = [.. payloads.Where(payload => arguments.Includes(payload.Name))];
IReadOnlyList<(Payload Payload, IReadOnlyList<Race> Races)> races =
[
    .. payloads.Select(payload =>
        (
            payload,
            arguments.Bare
                ? [.. AllRaces.Of(payload).Select(race => race.Bare()).Where(race => race.Contenders.Count > 1)]
                : AllRaces.Of(payload)
        )
    ),
];
IReadOnlyList<(VersionPayload Payload, IReadOnlyList<Race> Races)> versionRaces =
[
    .. ofVersions
        .Where(payload => arguments.Includes(payload.Name))
        .Select(payload => (payload, VersionRaces.Of(payload))),
];
report.SetSettled(
    WarmUp.Run(
        [.. races.SelectMany(of => of.Races), .. versionRaces.SelectMany(of => of.Races)],
        settings.LongestWarmUp
    )
);
foreach ((Payload payload, IReadOnlyList<Race> ofPayload) in races)
{
    IReadOnlyList<Row> rows = [.. ofPayload.SelectMany(race => Timing.Run(race, settings))];
    report.Add(rows, arguments.Bare ? [] : Goals.Of(payload, rows));
}

foreach ((VersionPayload payload, IReadOnlyList<Race> ofPayload) in versionRaces)
{
    IReadOnlyList<Row> rows = [.. ofPayload.SelectMany(race => Timing.Run(race, settings))];
    report.Add(rows, VersionRaces.Goals(payload, rows));
}

report.WriteGoals();
if (arguments.JsonPath is { } path)
{
    JsonReport.Write(path, report.Rows);
}

return 0;

using Ocpp.Benchmarks;
using Ocpp.Benchmarks.Contenders;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Benchmarks.Payloads;
using Ocpp.Benchmarks.Reporting;

IReadOnlyList<Payload> payloads = AllPayloads.Create();
if (!Arguments.TryParse(args, [.. payloads.Select(payload => payload.Name)], out Arguments? arguments, out string error))
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

if (arguments.Payloads.Count > 0)
{
    payloads = [.. payloads.Where(payload => arguments.Payloads.Contains(payload.Name))];
}

Settings settings = arguments.Short ? Settings.Short : Settings.Full;
IReadOnlyList<Race> races = [.. payloads.SelectMany(AllRaces.Of)];
bool settled = WarmUp.Run(races, settings.LongestWarmUp);
MarkdownReport.WriteHeading(Console.Out, settings, settled);

var rows = new List<Row>();
foreach (Race race in races)
{
    IReadOnlyList<Row> measured = Timing.Run(race, settings);
    MarkdownReport.WriteTable(Console.Out, race, measured);
    rows.AddRange(measured);
}

MarkdownReport.WriteGoals(Console.Out, Goals.Of(payloads, rows));
if (arguments.JsonPath is { } path)
{
    JsonReport.Write(path, rows);
}

return 0;

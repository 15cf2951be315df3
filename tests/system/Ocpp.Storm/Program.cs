using Ocpp.Storm;

// Stations that lose their connections at the same moment, and come back by the back-off of the SDK:
//   Ocpp.Storm [--stations N] [--seed N]
//   Ocpp.Storm --check [--seed N]
if (!Arguments.TryParse(args, out Arguments? arguments))
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

return arguments.IsCheck ? await Check.RunAsync(arguments.Seed) : Report.Print(arguments.Stations, arguments.Seed);

using System.Globalization;
using Ocpp.StationKill;

// A station is killed again and again in one transaction, while the CSMS cuts its connections:
//   Ocpp.StationKill [--events 1000] [--kills 50] [--seed 1]
if (args is [Station.Role, var file, var url, var count])
{
    await Station.RunAsync(file, new Uri(url), int.Parse(count, CultureInfo.InvariantCulture));
    return 0;
}

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine("usage: Ocpp.StationKill [--events COUNT] [--kills COUNT] [--seed NUMBER]");
    return 2;
}

return await new Trial(options).RunAsync();

using System.Globalization;
using Ocpp.Soak;

// Many stations on one CSMS, in two processes, while connections are cut at random:
//   Ocpp.Soak [STATIONS] [SECONDS]
switch (args)
{
    case [Csms.Role, var count]:
        await Csms.RunAsync(Number(count));
        return 0;

    case [Stations.Role, var url, var count, var time]:
        await Stations.RunAsync(new Uri(url), Number(count), Number(time));
        return 0;

    case []:
        return await Soak.RunAsync(stations: 200, seconds: 20);

    case [var count, var time] when int.TryParse(count, out _) && int.TryParse(time, out _):
        return await Soak.RunAsync(Number(count), Number(time));

    default:
        Console.Error.WriteLine("usage: Ocpp.Soak [STATIONS SECONDS]");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

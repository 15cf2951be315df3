using System.Globalization;
using Ocpp.Benchmarks.Cluster;

switch (args)
{
    case [NodeRole.Name, var siloPort, var primaryPort]:
        return await NodeRole.RunAsync(
            int.Parse(siloPort, CultureInfo.InvariantCulture),
            int.Parse(primaryPort, CultureInfo.InvariantCulture)
        );

    case [StationsRole.Name, var url, var count]:
        return await StationsRole.RunAsync(new Uri(url), int.Parse(count, CultureInfo.InvariantCulture));

    case []:
        await ClusterTrial.RunAsync(TrialSettings.Full);
        return 0;

    case ["--short"]:
        await ClusterTrial.RunAsync(TrialSettings.Short);
        return 0;

    default:
        Console.Error.WriteLine("Usage: Ocpp.Benchmarks.Cluster [--short]");
        return 2;
}

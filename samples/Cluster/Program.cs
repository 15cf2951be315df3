using Cluster;
using Microsoft.AspNetCore.Builder;
using Samples;
using Station;

const int AsExpected = 0;
const int NotAsExpected = 1;
const int BadUsage = 2;

if (args is [Node.Argument, .. var settings])
{
    await using WebApplication node = NodeApplication.Create(settings);
    await node.StartAsync();
    Console.WriteLine("started");

    // A node stops in order when its input ends: with the program that started it, at the latest.
    await Console.In.ReadToEndAsync();
    await node.StopAsync();
    return AsExpected;
}

DirectoryInfo folder = Directory.CreateTempSubdirectory("ocpp-cluster-");
try
{
    var options = Options.Parse(args);
    using Engines engines = await Engines.StartAsync(options);
    await using var demonstration = new Demonstration(options, engines, folder.FullName);
    return await demonstration.RunAsync() ? AsExpected : NotAsExpected;
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return BadUsage;
}
catch (Exception e)
    when (e is TimeoutException or StationException or HttpRequestException or InvalidOperationException)
{
    // Something took too long, a station got no certificate, or a node has ended.
    Console.Error.WriteLine(e.Message);
    return NotAsExpected;
}
finally
{
    folder.Delete(recursive: true);
}

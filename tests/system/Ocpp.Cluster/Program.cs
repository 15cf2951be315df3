using Ocpp.Cluster;

// A CSMS on several nodes, which are killed again and again while stations are called and get certificates:
//   Ocpp.Cluster [--nodes 3] [--stations 1000] [--kills 20] [--seed 1] [--fault kill] [--redis host:port]
//   Ocpp.Cluster --self-check
if (args is [Node.Role, .. var settings])
{
    await Node.RunAsync(NodeSettings.Parse(settings));
    return 0;
}

if (args is ["--self-check"])
{
    return SelfCheck.Run();
}

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

return await new Trial(options).RunAsync();

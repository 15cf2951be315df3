using System.Diagnostics;
using Ocpp.Fuzz;
using Ocpp.Fuzz.Bounds;
using Ocpp.Fuzz.Checking;
using Ocpp.Fuzz.Finding;
using Ocpp.Fuzz.Inputs;
using Ocpp.Fuzz.Trials;

// Damaged messages against second opinions, without end:
//   Ocpp.Fuzz --seconds 60 --seed 1
switch (args)
{
    case ["--bounds"]:
        return TimeBounds.Run();

    case [Watch.Probe, var protocol, var answered, var fault]:
        FuzzedVersion.Find(protocol)!.Choose();
        return Watch.RunProbe(answered, Fault.Find(fault));

    case [Watch.Worker, var path, .. var rest] when Arguments.TryParse(rest, out Arguments? ofWorker):
        ofWorker.Version!.Choose();
        return Work(ofWorker, path);

    default:
        if (!Arguments.TryParse(args, out Arguments? arguments))
        {
            Console.Error.WriteLine(Arguments.Usage);
            return 2;
        }

        if (arguments.Version is not { } version)
        {
            return Watch.RunEach(args, arguments.Time);
        }

        version.Choose();
        return arguments.ChecksItself ? SelfCheck.Run() : Watch.Run(args, arguments.Seed, arguments.Fault);
}

static int Work(Arguments arguments, string path)
{
    long start = Stopwatch.GetTimestamp();
    using var campaign = new Campaign(arguments.Seed, Fault.Find(arguments.Fault));
    Func<long, bool> goesOn = arguments.Count is { } count
        ? iteration => iteration < count
        : Campaign.For(arguments.Time);
    (goesOn, IDisposable progress) = Watch.Note(path, goesOn);
    using (progress)
    {
        (long Iteration, Find Find)? found;
        if (arguments.Iteration is { } only)
        {
            goesOn(only);
            Input replayed = campaign.Make(only);
            Console.WriteLine($"iteration {only}, {replayed.Frame.Length} bytes: {replayed}");
            found = campaign.Try(replayed, only) is { } find ? (only, find) : null;
        }
        else
        {
            found = campaign.Run(goesOn);
            campaign.Report(Console.Out, Stopwatch.GetElapsedTime(start));
        }

        if (found is not { } it)
        {
            Console.WriteLine("nothing found");
            return 0;
        }

        Console.WriteLine(
            $"FOUND in {FuzzedVersion.Chosen.Name} by seed {arguments.Seed} in iteration {it.Iteration}, "
                + $"{it.Find.Kind}: {it.Find.What}"
        );
        Input input = campaign.Make(it.Iteration);
        Input smallest = campaign.Minimise(input, it.Iteration, it.Find);
        Console.WriteLine($"{input.Frame.Length} bytes minimised to {smallest.Frame.Length}: {smallest}");
        Console.WriteLine($"it says now: {campaign.Try(smallest, it.Iteration)?.What}");
        Console.WriteLine(
            $"replay: --protocol {FuzzedVersion.Chosen.Name} --seed {arguments.Seed} --iteration {it.Iteration}"
        );
        return 1;
    }
}

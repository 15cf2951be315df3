using Ocpp.Stress;

// Two sessions on a clock of their own, through schedules of calls, cancellations, faults and closings that follow from
// a seed:
//   Ocpp.Stress [--schedules N] [--seed N] [--schedule N [--times N]]
if (Settings.Read(args) is not { } settings)
{
    Console.Error.WriteLine(Settings.Usage);
    return 2;
}

return await Stress.RunAsync(settings);

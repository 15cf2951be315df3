using Ocpp.Fuzz.Finding;
using Ocpp.Fuzz.Inputs;
using Ocpp.Fuzz.Trials;

namespace Ocpp.Fuzz.Checking;

/// <summary>
/// Plants faults in the reader: each must be found, by the comparison that is there for it, and be made small.
/// </summary>
internal static class SelfCheck
{
    private const ulong Seed = 1;
    private const long MaxIterations = 20_000;

    public static int Run()
    {
        int missed = 0;
        foreach (Fault fault in Fault.All)
        {
            string? problem = fault.Kinds.Length == 0 ? FindDeath(fault) : Find(fault);
            if (problem is not null)
            {
                missed++;
                Console.WriteLine($"FAILED: {fault.Name}: {problem}");
            }
        }

        Console.WriteLine(
            $"{Fault.All.Count - missed} of {Fault.All.Count} planted faults found and minimised in "
                + $"{FuzzedVersion.Chosen.Name}"
        );
        return missed == 0 ? 0 : 1;
    }

    private static string? Find(Fault fault)
    {
        using var campaign = new Campaign(Seed, fault.Reader);
        if (campaign.Run(number => number < MaxIterations) is not { } found)
        {
            return $"not found in {MaxIterations} iterations";
        }

        (long iteration, string kind) = (found.Iteration, found.Find.Kind);
        Input input = campaign.Make(iteration);
        if (!fault.Kinds.Contains(kind) || campaign.Try(input, iteration)?.Kind != kind)
        {
            return $"found as {found.Find}, expected by {string.Join(" or ", fault.Kinds)}";
        }

        Input smallest = campaign.Minimise(input, iteration, found.Find);
        Console.WriteLine(
            $"found: {fault.Name}, in iteration {iteration}, {input.Frame.Length} bytes minimised to "
                + $"{smallest.Frame.Length}: {smallest}"
        );

        // Nothing more can be left out; and the SDK itself has not the fault.
        using var sound = new Campaign(Seed, new Reader());
        return smallest.Frame.Length > fault.MaxBytes
                ? $"minimised to {smallest.Frame.Length} bytes, at most {fault.MaxBytes} expected"
            : campaign.Try(smallest, iteration)?.Kind != kind ? "lost in being minimised"
            : Enumerable
                .Range(0, smallest.Frame.Length)
                .Any(i => campaign.Try(Without(smallest, i), iteration)?.Kind == kind)
                ? "not minimal"
            : sound.Try(smallest, iteration) is { } own ? $"found without the fault too: {own}"
            : null;
    }

    private static string? FindDeath(Fault fault)
    {
        if (!GuardedMemory.IsGuarded)
        {
            Console.WriteLine($"skipped: {fault.Name}, which takes Linux");
            return null;
        }

        // The SDK itself reads these, at the end of a page, and lives.
        using var campaign = new Campaign(Seed, new Reader());
        for (long iteration = 0; iteration < MaxIterations; iteration++)
        {
            Input input = campaign.Make(iteration);
            if (!input.Frame.AsSpan().EndsWith("]"u8))
            {
                Input smallest = Watch.MinimiseDeath(input, fault.Name);
                Console.WriteLine(
                    $"found: {fault.Name}, in iteration {iteration}, {input.Frame.Length} bytes minimised to "
                        + $"{smallest.Frame.Length}: {smallest}"
                );
                return !Watch.Dies(input, fault.Name) ? "the process lived"
                    : Watch.Dies(input, "") ? "the process dies without the fault too"
                    : smallest.Frame.Length > fault.MaxBytes
                        ? $"minimised to {smallest.Frame.Length} bytes, at most {fault.MaxBytes} expected"
                    : null;
            }
        }

        return $"no such input in {MaxIterations} iterations";
    }

    private static Input Without(Input input, int index) =>
        input with
        {
            Frame = [.. input.Frame[..index], .. input.Frame[(index + 1)..]],
        };
}

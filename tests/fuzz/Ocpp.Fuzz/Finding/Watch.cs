using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using Ocpp.Fuzz.Inputs;
using Ocpp.Fuzz.Trials;

namespace Ocpp.Fuzz.Finding;

/// <summary>
/// Runs the campaign in a process of its own, because reading past the end of an input kills the process that does it.
/// Which iteration it was stands in a file that both share.
/// </summary>
internal static class Watch
{
    /// <summary>The argument that makes this program the process that is watched.</summary>
    public const string Worker = "--worker";

    /// <summary>The argument that makes it read one message from its standard input, at the end of a page.</summary>
    public const string Probe = "--probe";

    private const int MaxProbes = 300;

    /// <summary>Runs each version of OCPP in a process of its own, one after the other.</summary>
    /// <param name="args">The arguments of each.</param>
    /// <param name="time">For how long in all.</param>
    /// <returns>The highest exit code.</returns>
    public static int RunEach(string[] args, TimeSpan time)
    {
        long seconds = (long)Math.Max(1, time.TotalSeconds / FuzzedVersion.All.Count);
        int exitCode = 0;
        foreach (FuzzedVersion version in FuzzedVersion.All)
        {
            Console.WriteLine(version.Name);
            using Process watch = Start([
                .. args,
                "--protocol",
                version.Name,
                "--seconds",
                seconds.ToString(CultureInfo.InvariantCulture),
            ]);
            watch.WaitForExit();
            exitCode = Math.Max(exitCode, watch.ExitCode is >= 0 and < 3 ? watch.ExitCode : 1);
        }

        return exitCode;
    }

    /// <summary>Starts the worker with the same arguments, and waits for it.</summary>
    public static int Run(string[] args, ulong seed, string fault)
    {
        string path = Path.GetTempFileName();
        try
        {
            using var progress = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, sizeof(long));
            using MemoryMappedViewAccessor iteration = progress.CreateViewAccessor();
            using Process worker = Start([Worker, path, .. args]);
            worker.WaitForExit();
            if (worker.ExitCode is >= 0 and < 3)
            {
                return worker.ExitCode;
            }

            ReportDeath(seed, iteration.ReadInt64(0), worker.ExitCode, fault);
            return 1;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Notes each iteration in the file before it begins.</summary>
    public static (Func<long, bool> GoesOn, IDisposable File) Note(string path, Func<long, bool> goesOn)
    {
        var progress = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, sizeof(long));
        MemoryMappedViewAccessor view = progress.CreateViewAccessor();
        return (
            iteration =>
            {
                view.Write(0, iteration);
                return goesOn(iteration);
            },
            progress
        );
    }

    /// <summary>Reads one message at the end of a page, and lives or dies.</summary>
    public static int RunProbe(string answered, Reader reader)
    {
        using Stream input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        using var trial = new Trial(reader, new Tally());
        trial.Run(new Input(bytes.ToArray(), answered), asksSchema: false);
        return 0;
    }

    /// <summary>
    /// An input that kills the process that reads it, as small as the probes allow: each takes a process.
    /// </summary>
    public static Input MinimiseDeath(Input input, string fault) =>
        input with
        {
            Frame = new Minimiser(smaller => Dies(input with { Frame = smaller }, fault), MaxProbes).Minimise(
                input.Frame
            ),
        };

    public static bool Dies(Input input, string fault)
    {
        using Process probe = Start([Probe, FuzzedVersion.Chosen.Name, input.Answered, fault], isProbe: true);

        // A probe that dies early does not read on.
        probe.ErrorDataReceived += (_, _) => { };
        probe.BeginErrorReadLine();
        using (Stream stream = probe.StandardInput.BaseStream)
        {
            stream.Write(input.Frame);
        }

        probe.WaitForExit();
        return probe.ExitCode != 0;
    }

    private static void ReportDeath(ulong seed, long iteration, int exitCode, string fault)
    {
        Console.WriteLine(
            $"FOUND in {FuzzedVersion.Chosen.Name} by seed {seed} in iteration {iteration}: the process died with "
                + $"{exitCode}, as one does that reads past the end of its input"
        );
        using var campaign = new Campaign(seed, new Reader());
        Input input = campaign.Make(iteration);
        Console.WriteLine($"{input.Frame.Length} bytes: {input}");
        if (!Dies(input, fault))
        {
            Console.WriteLine("By itself it does not kill: the iterations before it play a part.");
            return;
        }

        Input smallest = MinimiseDeath(input, fault);
        Console.WriteLine($"minimised to {smallest.Frame.Length} bytes: {smallest}");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"replay: --protocol {FuzzedVersion.Chosen.Name} --seed {seed} --iteration {iteration}"
            )
        );
    }

    private static Process Start(string[] args, bool isProbe = false)
    {
        string[] self =
            Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
                ? [typeof(Watch).Assembly.Location]
                : [];
        return Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [.. self, .. args])
            {
                RedirectStandardInput = isProbe,
                RedirectStandardError = isProbe,
            }
        )!;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ocpp.Fuzz;

/// <summary>The command line of a run.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        usage: Ocpp.Fuzz [--protocol NAME] [--seconds S | --count N] [--seed N] [--fault NAME]
               Ocpp.Fuzz --protocol NAME --iteration N [--seed N] [--fault NAME]
               Ocpp.Fuzz [--protocol NAME] --self-check
               Ocpp.Fuzz --bounds

          --protocol NAME  ocpp1.6, ocpp2.0.1 or ocpp2.1; defaults to all, one after the other
          --seconds S      for how long in all; defaults to 60
          --count N        how many iterations of each protocol, instead
          --seed N         decides what comes in which iteration; defaults to 1
          --iteration N    only this one, minimised where it finds something
          --fault NAME     with a fault planted in the reader
          --self-check     plants one fault after the other: each must be found
          --bounds         how the time of reading grows with the size, for the worst shapes that are known
        """;

    /// <summary>The version of OCPP; none for all.</summary>
    public FuzzedVersion? Version { get; private init; }

    public TimeSpan Time { get; private init; } = TimeSpan.FromSeconds(60);

    public long? Count { get; private init; }

    public ulong Seed { get; private init; } = 1;

    public long? Iteration { get; private init; }

    public string Fault { get; private init; } = "";

    public bool ChecksItself { get; private init; }

    /// <summary>Reads a command line; of an option that is repeated, the last one counts.</summary>
    public static bool TryParse(ReadOnlySpan<string> args, [NotNullWhen(true)] out Arguments? arguments)
    {
        arguments = null;
        var parsed = new Arguments();
        while (!args.IsEmpty)
        {
            if (args[0] == "--self-check")
            {
                parsed = parsed with { ChecksItself = true };
                args = args[1..];
            }
            else if (args is [var name, var value, ..] && parsed.With(name, value) is { } longer)
            {
                parsed = longer;
                args = args[2..];
            }
            else
            {
                return false;
            }
        }

        // An iteration of one protocol has nothing in common with that of another.
        arguments = parsed.Iteration is null || parsed.Version is not null ? parsed : null;
        return arguments is not null;
    }

    private Arguments? With(string name, string value)
    {
        bool isNumber =
            ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            && number <= long.MaxValue;
        return name switch
        {
            "--protocol" when FuzzedVersion.Find(value) is { } version => this with { Version = version },
            "--seconds" when isNumber => this with { Time = TimeSpan.FromSeconds(number) },
            "--count" when isNumber => this with { Count = (long)number },
            "--seed" when isNumber => this with { Seed = number },
            "--iteration" when isNumber => this with { Iteration = (long)number },
            "--fault" => this with { Fault = value },
            _ => null,
        };
    }
}

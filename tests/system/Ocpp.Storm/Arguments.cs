using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ocpp.Storm;

/// <summary>The command line of a run.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        usage: Ocpp.Storm [--stations N] [--seed N]
               Ocpp.Storm --check [--seed N]

          --stations N  how many lose their connections; defaults to 1000000
          --seed N      decides the random part of each wait; defaults to 1
          --check       a short run whose outcome is asserted, and compared with that of real clients
        """;

    public int Stations { get; private init; } = 1_000_000;

    public ulong Seed { get; private init; } = 1;

    public bool IsCheck { get; private init; }

    /// <summary>Reads a command line; of an option that is repeated, the last one counts.</summary>
    public static bool TryParse(ReadOnlySpan<string> args, [NotNullWhen(true)] out Arguments? arguments)
    {
        arguments = null;
        var parsed = new Arguments();
        while (!args.IsEmpty)
        {
            if (args[0] == "--check")
            {
                parsed = parsed with { IsCheck = true };
                args = args[1..];
            }
            else if (
                args is [var name, var value, ..]
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && parsed.With(name, number) is { } longer
            )
            {
                parsed = longer;
                args = args[2..];
            }
            else
            {
                return false;
            }
        }

        arguments = parsed;
        return true;
    }

    private Arguments? With(string name, int value) =>
        name switch
        {
            "--stations" when value > 0 => this with { Stations = value },
            "--seed" => this with { Seed = (ulong)value },
            _ => null,
        };
}

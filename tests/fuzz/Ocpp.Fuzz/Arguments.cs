using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ocpp.Fuzz;

/// <summary>The command line of a run.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        usage: Ocpp.Fuzz [--seconds S | --count N] [--seed N] [--fault NAME]
               Ocpp.Fuzz --iteration N [--seed N] [--fault NAME]
               Ocpp.Fuzz --self-check
               Ocpp.Fuzz --bounds

          --seconds S     for how long; 60 unless told
          --count N       how many iterations, instead
          --seed N        decides what comes in which iteration; 1 unless told
          --iteration N   only this one, minimised where it finds something
          --fault NAME    with a fault planted in the reader
          --self-check    plants one fault after the other: each must be found
          --bounds        how the time of reading grows with the size, for the worst shapes that are known
        """;

    public TimeSpan Time { get; private init; } = TimeSpan.FromSeconds(60);

    public long? Count { get; private init; }

    public ulong Seed { get; private init; } = 1;

    public long? Iteration { get; private init; }

    public string Fault { get; private init; } = "";

    public static bool TryParse(ReadOnlySpan<string> args, [NotNullWhen(true)] out Arguments? arguments)
    {
        arguments = null;
        var parsed = new Arguments();
        for (; args is [var name, var value, ..]; args = args[2..])
        {
            bool isNumber =
                ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
                && number <= long.MaxValue;
            switch (name)
            {
                case "--seconds" when isNumber:
                    parsed = parsed with { Time = TimeSpan.FromSeconds(number) };
                    break;
                case "--count" when isNumber:
                    parsed = parsed with { Count = (long)number };
                    break;
                case "--seed" when isNumber:
                    parsed = parsed with { Seed = number };
                    break;
                case "--iteration" when isNumber:
                    parsed = parsed with { Iteration = (long)number };
                    break;
                case "--fault":
                    parsed = parsed with { Fault = value };
                    break;
                default:
                    return false;
            }
        }

        arguments = args.IsEmpty ? parsed : null;
        return arguments is not null;
    }
}

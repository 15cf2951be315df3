using System.Globalization;

namespace Ocpp.StationKill;

/// <summary>The command line.</summary>
/// <param name="Events">How many events the transaction has, at least 2.</param>
/// <param name="Kills">How many times the station is killed.</param>
/// <param name="Seed">What the moments of the kills and cuts come from.</param>
internal sealed record Options(int Events = 1000, int Kills = 50, int Seed = 1)
{
    /// <returns><see langword="null"/> when the command line is none of this program's.</returns>
    public static Options? Parse(ReadOnlySpan<string> args)
    {
        var options = new Options();
        for (
            ;
            args is [var name, var text, ..]
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            args = args[2..]
        )
        {
            switch (name)
            {
                case "--events" when number > 1:
                    options = options with { Events = number };
                    break;
                case "--kills":
                    options = options with { Kills = number };
                    break;
                case "--seed":
                    options = options with { Seed = number };
                    break;
                default:
                    return null;
            }
        }

        return args.IsEmpty ? options : null;
    }
}

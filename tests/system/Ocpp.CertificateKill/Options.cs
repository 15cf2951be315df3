using System.Globalization;

namespace Ocpp.CertificateKill;

/// <summary>The command line.</summary>
/// <param name="Stations">How many stations ask for certificates.</param>
/// <param name="Kills">How many times the CSMS is killed.</param>
/// <param name="Seed">What the moments of the kills, the authority's moods and the stations' habits come from.</param>
internal sealed record Options(int Stations = 50, int Kills = 20, int Seed = 1)
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
                case "--stations" when number > 0:
                    options = options with { Stations = number };
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

using System.Globalization;

namespace Ocpp.Stress;

/// <summary>What is run.</summary>
/// <param name="Schedules">How many schedules.</param>
/// <param name="Seed">What all decisions follow from.</param>
/// <param name="Schedule">The only schedule that is run, where one is to be replayed.</param>
/// <param name="Times">How often it is: threads do not interleave in the same way each time.</param>
internal sealed record Settings(int Schedules = 2000, int Seed = 1, int? Schedule = null, int Times = 1)
{
    public const string Usage = "usage: Ocpp.Stress [--schedules N] [--seed N] [--schedule N [--times N]]";

    /// <returns><see langword="null"/> when the arguments are none that are known.</returns>
    public static Settings? Read(string[] args)
    {
        var settings = new Settings();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (
                i + 1 == args.Length
                || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            )
            {
                return null;
            }

            switch (args[i])
            {
                case "--schedules":
                    settings = settings with { Schedules = value };
                    break;
                case "--seed":
                    settings = settings with { Seed = value };
                    break;
                case "--schedule":
                    settings = settings with { Schedule = value };
                    break;
                case "--times":
                    settings = settings with { Times = value };
                    break;
                default:
                    return null;
            }
        }

        return settings;
    }
}

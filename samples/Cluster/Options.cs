using System.Globalization;
using Samples;

namespace Cluster;

/// <summary>The command line.</summary>
/// <param name="Redis">A Redis that is there already; without it, one is started.</param>
/// <param name="PostgreSql">The connection string of a PostgreSQL that is there already; without it, one is started.
/// </param>
/// <param name="Stations">How many stations connect.</param>
/// <param name="HasLogs">Whether the warnings of the nodes are printed.</param>
internal sealed record Options(string? Redis, string? PostgreSql, int Stations, bool HasLogs)
{
    private const string Usage = "Cluster [--redis HOST:PORT] [--postgresql CONNECTION-STRING] [--stations N] [--logs]";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It is not as <see cref="Usage"/> has it.</exception>
    public static Options Parse(ReadOnlySpan<string> args)
    {
        var options = new Options(Redis: null, PostgreSql: null, Stations: 200, HasLogs: false);
        while (!args.IsEmpty)
        {
            switch (args)
            {
                case ["--redis", var address, ..]:
                    options = options with { Redis = address };
                    args = args[2..];
                    break;
                case ["--postgresql", var connectionString, ..]:
                    options = options with { PostgreSql = connectionString };
                    args = args[2..];
                    break;
                case ["--stations", var number, ..]:
                    options = options with
                    {
                        Stations =
                            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int stations)
                            && stations is >= 3 and <= 5000
                                ? stations
                                : throw new UsageException($"--stations {number}: a number from 3 to 5000."),
                    };
                    args = args[2..];
                    break;
                case ["--logs", ..]:
                    options = options with { HasLogs = true };
                    args = args[1..];
                    break;
                case ["--redis" or "--postgresql" or "--stations"]:
                    throw new UsageException($"{args[0]} needs a value.");
                default:
                    throw new UsageException($"Unknown option {args[0]}. Usage: {Usage}");
            }
        }

        return options;
    }
}

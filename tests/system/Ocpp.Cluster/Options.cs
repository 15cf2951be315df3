using System.Globalization;

namespace Ocpp.Cluster;

/// <summary>The command line.</summary>
/// <param name="Nodes">How many nodes there are.</param>
/// <param name="Stations">How many stations are connected.</param>
/// <param name="Kills">How often the fault happens.</param>
/// <param name="Seed">What moments, nodes and stations are drawn from.</param>
internal sealed record Options(int Nodes = 3, int Stations = 1000, int Kills = 20, int Seed = 1)
{
    public const string Usage =
        "usage: Ocpp.Cluster [--nodes COUNT] [--stations COUNT] [--kills COUNT] [--seed NUMBER]\n"
        + "         [--fault kill|pause|redis|postgresql|clocks|split] [--redis HOST:PORT]\n"
        + "       Ocpp.Cluster --self-check\n"
        + "PostgreSQL is one of its own, or that of "
        + PostgreSqlCluster.Variable
        + ".";

    /// <summary>What happens to the cluster.</summary>
    public FaultKind Fault { get; init; }

    /// <summary>A Redis that is there; by default the trial starts one.</summary>
    public string? Redis { get; init; }

    /// <returns><see langword="null"/> if the command line is invalid.</returns>
    public static Options? Parse(ReadOnlySpan<string> args)
    {
        var options = new Options();
        for (; args is [var name, var text, ..]; args = args[2..])
        {
            bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            switch (name)
            {
                case "--nodes" when isNumber && number > 1:
                    options = options with { Nodes = number };
                    break;
                case "--stations" when isNumber && number > 0:
                    options = options with { Stations = number };
                    break;
                case "--kills" when isNumber:
                    options = options with { Kills = number };
                    break;
                case "--seed" when isNumber:
                    options = options with { Seed = number };
                    break;
                case "--fault" when !isNumber && Enum.TryParse(text, ignoreCase: true, out FaultKind fault):
                    options = options with { Fault = fault };
                    break;
                case "--redis":
                    options = options with { Redis = text };
                    break;
                default:
                    return null;
            }
        }

        return args.IsEmpty ? options : null;
    }
}

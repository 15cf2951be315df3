using System.Diagnostics.CodeAnalysis;

namespace Ocpp.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        usage: Ocpp.Benchmarks [--short] [--bare] [--only NAME]... [--json FILE]
               Ocpp.Benchmarks --floor [--apart] [--short] [--connections NUMBER]...
               Ocpp.Benchmarks --connections-held NUMBER

          --short       fewer and shorter rounds: a minute or two, and less exact
          --bare        only the SDK, and what its ratios are to; without the goals of the payloads
          --only NAME   only this payload, or start-up, start-up-versions, generator or generator-versions; may be
                        repeated
          --json FILE   write the results to a file as well
          --floor       calls over connections, beside the same frames over raw WebSockets, and ocpp-rpc if installed
          --apart       half of the processors for the CSMS and half for the stations, as on two machines (Linux)
          --connections NUMBER
                        how many connections; may be repeated; defaults to 1 and 100
          --connections-held NUMBER
                        the memory of so many idle connections, beside that of an endpoint of raw WebSockets
        """;

    public bool Short { get; private init; }

    public bool Bare { get; private init; }

    private IReadOnlyList<string> Only { get; init; } = [];

    public string? JsonPath { get; private init; }

    public bool Floor { get; private init; }

    public bool Apart { get; private init; }

    public IReadOnlyList<int> Connections { get; private init; } = [1, 100];

    public int? ConnectionsHeld { get; private init; }

    public bool Includes(string name) => Only.Count == 0 || Only.Contains(name);

    public static bool TryParse(
        IReadOnlyList<string> args,
        IReadOnlyList<string> names,
        [NotNullWhen(true)] out Arguments? arguments,
        out string error
    )
    {
        arguments = null;
        error = "";
        var parsed = new Arguments();
        List<int> connections = [];
        for (int i = 0; i < args.Count; i++)
        {
            string? value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--short":
                    parsed = parsed with { Short = true };
                    continue;

                case "--bare":
                    parsed = parsed with { Bare = true };
                    continue;

                case "--only" when value is not null && names.Contains(value):
                    parsed = parsed with { Only = [.. parsed.Only, value] };
                    i++;
                    continue;

                case "--only":
                    error = $"--only needs one of: {string.Join(", ", names)}";
                    return false;

                case "--json" when value is not null:
                    parsed = parsed with { JsonPath = value };
                    i++;
                    continue;

                case "--json":
                    error = "--json needs a file name";
                    return false;

                case "--floor":
                    parsed = parsed with { Floor = true };
                    continue;

                case "--apart" when Environment.ProcessorCount > 1:
                    parsed = parsed with { Apart = true };
                    continue;

                case "--apart":
                    error = "--apart needs two processors";
                    return false;

                case "--connections" when int.TryParse(value, out int count) && count > 0:
                    connections.Add(count);
                    parsed = parsed with { Connections = connections };
                    i++;
                    continue;

                case "--connections-held" when int.TryParse(value, out int held) && held > 0:
                    parsed = parsed with { ConnectionsHeld = held };
                    i++;
                    continue;

                case "--connections"
                or "--connections-held":
                    error = $"{args[i]} needs a number";
                    return false;

                default:
                    error = $"unknown argument: {args[i]}";
                    return false;
            }
        }

        arguments = parsed;
        return true;
    }
}

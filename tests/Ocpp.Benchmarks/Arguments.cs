using System.Diagnostics.CodeAnalysis;

namespace Ocpp.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        usage: Ocpp.Benchmarks [--short] [--payload NAME]... [--json FILE]

          --short          fewer and shorter rounds: under a minute, and less exact
          --payload NAME   only this payload; may be repeated
          --json FILE      write the results to a file as well
        """;

    public bool Short { get; private init; }

    public IReadOnlyList<string> Payloads { get; private init; } = [];

    public string? JsonPath { get; private init; }

    public static bool TryParse(
        IReadOnlyList<string> args, IReadOnlyList<string> payloads, [NotNullWhen(true)] out Arguments? arguments, out string error)
    {
        arguments = null;
        error = "";
        var parsed = new Arguments();
        for (int i = 0; i < args.Count; i++)
        {
            string? value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--short":
                    parsed = parsed with { Short = true };
                    continue;

                case "--payload" when value is not null && payloads.Contains(value):
                    parsed = parsed with { Payloads = [.. parsed.Payloads, value] };
                    i++;
                    continue;

                case "--payload":
                    error = $"--payload needs one of: {string.Join(", ", payloads)}";
                    return false;

                case "--json" when value is not null:
                    parsed = parsed with { JsonPath = value };
                    i++;
                    continue;

                case "--json":
                    error = "--json needs a file name";
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

using System.Text;

namespace Ocpp.PublicApi.Tests;

/// <summary>A file with the lines that were approved.</summary>
/// <param name="stem">Its path without <c>.approved.txt</c>.</param>
internal sealed class Approval(string stem)
{
    /// <summary>Set to 1 it approves what is found.</summary>
    public const string Variable = "OCPP_APPROVE_API";

    private const int MaxShown = 50;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _approved = stem + ".approved.txt";
    private readonly string _received = stem + ".received.txt";

    public void Approve(IReadOnlyList<string> lines) => Write(_approved, lines);

    /// <summary>Compares, and leaves a received file when the lines differ, and none when not.</summary>
    public bool Holds(IReadOnlyList<string> lines, out string difference)
    {
        string[] approved = File.Exists(_approved) ? File.ReadAllLines(_approved) : [];
        if (approved.SequenceEqual(lines, StringComparer.Ordinal))
        {
            File.Delete(_received);
            difference = "";
            return true;
        }

        Write(_received, lines);
        List<string> changes =
        [
            .. approved.Except(lines).Select(line => "- " + line),
            .. lines.Except(approved).Select(line => "+ " + line),
        ];
        string rest = changes.Count > MaxShown ? $"\n… and {changes.Count - MaxShown} more" : "";
        difference =
            changes.Count == 0
                ? $"{_approved} holds the approved lines in another order, or some twice."
                : $"What the package shows is not what was approved:\n"
                    + $"{string.Join('\n', changes.Take(MaxShown))}{rest}\n"
                    + $"All of it: {_received}. If it is what you meant, run the tests with {Variable}=1.";
        return false;
    }

    private static void Write(string file, IReadOnlyList<string> lines) =>
        File.WriteAllText(file, string.Concat(lines.Select(line => line + "\n")), s_utf8);
}

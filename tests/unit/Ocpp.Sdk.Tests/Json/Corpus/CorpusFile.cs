using System.Globalization;
using System.Text;
using Ocpp.Validation;

namespace Ocpp.Tests.Json.Corpus;

/// <summary>The files of the corpus, whose first lines say how their documents are spelled.</summary>
internal static class CorpusFile
{
    public static IReadOnlyList<CorpusDocument> Accept { get; } =
    [.. ReadLines("accept.txt").Select(line => Document(line))];

    public static IReadOnlyList<CorpusDocument> Reject { get; } =
    [.. ReadLines("reject.txt").Select(line => Document(line))];

    /// <summary>Each document is followed by a line that says what becomes of it, and why.</summary>
    public static IReadOnlyList<CorpusDocument> Free { get; } =
    [.. ReadLines("free.txt").Chunk(2).Select(lines => Document(lines[0], Outcome(lines[1])))];

    public static IEnumerable<CorpusDocument> All => [.. Accept, .. Reject, .. Free];

    /// <summary>
    /// The names of documents that the reader named here refuses and <see cref="System.Text.Json.Utf8JsonReader"/>
    /// takes.
    /// </summary>
    public static IReadOnlyList<string> Stricter { get; } = [.. ReadLines("stricter.txt")];

    /// <summary>The bytes of a document from their spelling.</summary>
    public static byte[] Decode(string spelling)
    {
        var bytes = new List<byte>();
        int at = 0;
        Decode(spelling, ref at, isNested: false, bytes);
        return [.. bytes];
    }

    private static void Decode(string spelling, ref int at, bool isNested, List<byte> bytes)
    {
        while (at < spelling.Length)
        {
            char c = spelling[at++];
            if (isNested && c == ')')
            {
                return;
            }

            if (c != '%')
            {
                bytes.Add(
                    c is >= ' ' and < '\x7F' ? (byte)c : throw new FormatException($"Not printable ASCII: {spelling}")
                );
            }
            else if (spelling[at] != '(')
            {
                bytes.Add(
                    byte.Parse(spelling.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                );
                at += 2;
            }
            else if (spelling[at + 1] == ')')
            {
                at += 2;
            }
            else
            {
                int star = spelling.IndexOf('*', at);
                int times = int.Parse(
                    spelling.AsSpan(at + 1, star - at - 1),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture
                );
                at = star + 1;
                var repeated = new List<byte>();
                Decode(spelling, ref at, isNested: true, repeated);
                for (; times > 0; times--)
                {
                    bytes.AddRange(repeated);
                }
            }
        }

        if (isNested)
        {
            throw new FormatException($"A repetition has no end: {spelling}");
        }
    }

    private static CorpusDocument Document(string line, OcppRule? expected = null)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        return new CorpusDocument(line[..colon], Decode(line[(colon + 2)..]), expected);
    }

    private static OcppRule? Outcome(string line)
    {
        string[] parts = line.Split(": ", 2);
        return !line.StartsWith("  ", StringComparison.Ordinal) || parts[1].Length == 0
                ? throw new FormatException($"No outcome with a reason: {line}")
            : parts[0].Trim() == "taken" ? null
            : Enum.Parse<OcppRule>(parts[0].Trim());
    }

    private static IEnumerable<string> ReadLines(string name)
    {
        using Stream stream = typeof(CorpusFile).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}

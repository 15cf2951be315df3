using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Ocpp.Json;

/// <summary>
/// A violation that was found while its record was written, with the position of its value in the JSON. Where that is
/// in the record, the JSON itself says, once all of it is written: generated code has no names for it to keep.
/// </summary>
/// <param name="Violation">The violation, without its path.</param>
/// <param name="Position">
/// The offset of the value's first byte; of a further property, the offset behind the comma before its name.
/// </param>
/// <param name="Name">The name of a further property, made fit for a path.</param>
internal readonly record struct WrittenViolation(OcppViolation Violation, int Position, string? Name)
{
    /// <summary>The maximum number of violations that are listed.</summary>
    public const int Max = 100;

    /// <summary>Gives each violation its path.</summary>
    /// <param name="utf8Json">What was written: JSON without white space.</param>
    /// <param name="found">The violations, in the order of their positions.</param>
    public static OcppViolation[] Locate(ReadOnlySpan<byte> utf8Json, List<WrittenViolation> found)
    {
        var violations = new OcppViolation[found.Count];
        var levels = new List<Level>();
        int count = 0;
        for (int i = 0; count < violations.Length; i++)
        {
            for (; count < violations.Length && found[count].Position == i; count++)
            {
                violations[count] = found[count].Violation with { Path = Path(utf8Json, levels, found[count].Name) };
            }

            switch (utf8Json[i])
            {
                case (byte)'{':
                    levels.Add(default);
                    break;

                case (byte)'[':
                    levels.Add(new Level { IsArray = true });
                    break;

                case (byte)'}'
                or (byte)']':
                    levels.RemoveAt(levels.Count - 1);
                    break;

                case (byte)',':
                    CollectionsMarshal.AsSpan(levels)[^1].Index++;
                    break;

                case (byte)'"':
                    int start = i + 1;
                    for (i = start; utf8Json[i] != '"'; i++)
                    {
                        i += utf8Json[i] == '\\' ? 1 : 0;
                    }

                    // A value, too: nothing is in it, and the next name takes its place.
                    CollectionsMarshal.AsSpan(levels)[^1].Name = start..i;
                    break;
            }
        }

        return violations;
    }

    private static string Path(ReadOnlySpan<byte> utf8Json, List<Level> levels, string? name)
    {
        var path = new StringBuilder();
        for (int i = 0; i < levels.Count; i++)
        {
            Level level = levels[i];
            string segment =
                i == levels.Count - 1 && name is not null ? name
                : level.IsArray ? level.Index.ToString(CultureInfo.InvariantCulture)
                : Encoding.UTF8.GetString(utf8Json[level.Name]);
            path.Append('/').Append(ViolationLog.Escape(segment));
        }

        return path.ToString();
    }

    /// <summary>An object or array around a position, and the property or item in it.</summary>
    private struct Level
    {
        public bool IsArray;
        public int Index;
        public Range Name;
    }
}

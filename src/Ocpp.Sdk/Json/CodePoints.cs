namespace Ocpp.Json;

/// <summary>Lengths as JSON Schema counts them: in Unicode code points.</summary>
internal static class CodePoints
{
    /// <summary>The number of code points in well-formed UTF-16: every surrogate pair is one.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        int count = text.Length;
        foreach (char c in text)
        {
            if (char.IsLowSurrogate(c))
            {
                count--;
            }
        }

        return count;
    }

    /// <summary>The text, cut so that it has at most <paramref name="max"/> code points.</summary>
    public static string Truncate(string text, int max)
    {
        int end = 0;
        while (end < text.Length && max > 0)
        {
            end += char.IsSurrogatePair(text, end) ? 2 : 1;
            max--;
        }

        return text[..end];
    }

    /// <summary>Whether every surrogate has its other half.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        int i = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        while ((uint)i < (uint)text.Length)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return false;
                }

                i++;
            }

            i++;
        }

        return true;
    }
}

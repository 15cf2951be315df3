namespace Ocpp.Benchmarks.Models;

/// <summary>The check of a length as one writes it by hand: code points, which are counted only when they could be too many.</summary>
internal static class TextRule
{
    public static bool Fits(string text, int maxLength) =>
        text.Length <= maxLength || CountCodePoints(text) <= maxLength;

    public static bool FitsOrAbsent(string? text, int maxLength) => text is null || Fits(text, maxLength);

    private static int CountCodePoints(string text)
    {
        int count = 0;
        foreach (char unit in text)
        {
            count += char.IsLowSurrogate(unit) ? 0 : 1;
        }

        return count;
    }
}

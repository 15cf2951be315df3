namespace Ocpp.V201.Tests;

internal static class Permutations
{
    public static IEnumerable<string[]> Of(string[] items)
    {
        if (items.Length == 0)
        {
            yield return [];
        }

        for (int i = 0; i < items.Length; i++)
        {
            foreach (string[] rest in Of([.. items[..i], .. items[(i + 1)..]]))
            {
                yield return [items[i], .. rest];
            }
        }
    }
}

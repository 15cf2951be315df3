using System.Text;

namespace Ocpp.Schemas.CSharp;

/// <summary>
/// C# names from the names on the wire, by one rule: letters and digits stay, everything else separates words, each
/// word begins with a capital. Where a digit is on either side of a separator, an underscore takes its place, so that
/// <c>s309-1P-16A</c> and <c>L1-N</c> stay readable. A name depends on its wire name alone, so no later value can
/// change it. docs/naming.md is the rule for users. This file depends on nothing, so that the tests of messages can
/// include it.
/// </summary>
internal static partial class Naming
{
    public static string ToPascalCase(string name)
    {
        var result = new StringBuilder();
        bool startsWord = true;
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (!char.IsLetterOrDigit(c))
            {
                startsWord = true;
                continue;
            }

            bool isSeparated = startsWord && result.Length > 0;
            if (isSeparated && (char.IsDigit(c) || char.IsDigit(result[result.Length - 1])))
            {
                result.Append('_');
            }

            result.Append(startsWord ? char.ToUpperInvariant(c) : c);
            startsWord = false;
        }

        if (result.Length == 0 || char.IsDigit(result[0]))
        {
            result.Insert(0, '_');
        }

        return result.ToString();
    }

    /// <summary>
    /// What the context's and the registry's names begin with: <c>ocpp2.0.1</c> becomes <c>Ocpp201</c>.
    /// </summary>
    public static string ToClassPrefix(string protocol) => ToPascalCase(protocol.Replace(".", ""));
}

using System.Globalization;
using System.Text;

namespace Ocpp.Tool.Schemas;

/// <summary>Writes a difference as the sections of a change log; nothing where there is none.</summary>
internal static class DifferenceText
{
    public static string Write(SchemaDifference difference)
    {
        string[] sections =
        [
            .. Section("Added", difference.Added.Select(change => Bullet(change))),
            .. Section(
                "Changed",
                difference
                    .Changed.Select(Bullets)
                    .Concat(Senders(difference))
                    .Concat(Descriptions(difference.DescriptionCount))
            ),
            .. Section("Removed", difference.Removed.Select(change => Bullet(change))),
        ];
        return string.Join("\n", sections);
    }

    private static IEnumerable<string> Section(string heading, IEnumerable<string> bullets)
    {
        string text = string.Concat(bullets);
        return text.Length == 0 ? [] : [$"### {heading}\n\n{text}"];
    }

    private static string Bullets(TypeChanges changes)
    {
        string messages = changes.MessageCount is { } count ? $", in {Messages(count)}" : "";
        var text = new StringBuilder($"- {Markdown.Code(changes.Type)}{messages}\n");
        foreach (Change change in changes.Changes)
        {
            text.Append(Bullet(change, "  "));
        }

        return text.ToString();
    }

    private static string Bullet(Change change, string indentation = "")
    {
        string mark = change.IsBreaking ? "**Breaking:** " : "";
        string consequence = change.Consequence is null ? "" : " " + change.Consequence;
        return $"{indentation}- {mark}{change.What}.{consequence}\n";
    }

    private static IEnumerable<string> Senders(SchemaDifference difference)
    {
        if (difference.SenderNamedCount > 0)
        {
            yield return Bullet(
                Change.Harmless(
                    $"`x-sender` added to {Messages(difference.SenderNamedCount)}, which did not say who sends them"
                )
            );
        }

        if (difference.SenderLostCount > 0)
        {
            yield return Bullet(
                Change.Breaking(
                    $"`x-sender` removed from {Messages(difference.SenderLostCount)}",
                    "Code that asks who sends them gets no answer."
                )
            );
        }
    }

    private static string Messages(int count) =>
        count == 1 ? "1 message" : string.Create(CultureInfo.InvariantCulture, $"{count} messages");

    private static IEnumerable<string> Descriptions(int count) =>
        count == 0
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"- Descriptions of types and fields: {count}.\n")];
}

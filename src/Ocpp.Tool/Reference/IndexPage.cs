using System.Globalization;
using System.Text.RegularExpressions;
using Ocpp.Tool.Schemas;

namespace Ocpp.Tool.Reference;

/// <summary>Writes the reference's first page: all messages, and what holds for each of them.</summary>
internal static partial class IndexPage
{
    public const string File = "README.md";

    public static string Write(SchemaFolder schemas, IReadOnlyList<Message> messages, string title)
    {
        Message[] answered = [.. messages.Where(message => message.Response is not null)];
        Message[] oneWay = [.. messages.Where(message => message is { IsAction: true, Response: null })];
        Message[] payloads = [.. messages.Where(message => !message.IsAction)];
        int actions = answered.Length + oneWay.Length;
        var page = new MarkdownPage();
        page.Block(ReferencePages.Notice);
        page.Heading(1, Markdown.Text(title));
        string count = string.Create(CultureInfo.InvariantCulture, $"{actions} action{(actions == 1 ? "" : "s")}");
        page.Block(
            $"Subprotocol {Markdown.Code(schemas.Set.Protocol)}, {count}. The types are in the namespace "
                + $"{Markdown.Code(schemas.Set.Namespace)}, the actions in "
                + $"{Markdown.Code(schemas.Set.ClassPrefix + "Protocol.Instance")}."
        );
        if (answered.Length > 0)
        {
            page.Table(["action", "sent by", "what it is for"], answered.Select(Entry));
        }

        if (oneWay.Length > 0)
        {
            page.Heading(2, "Actions that nothing answers");
            page.Table(["action", "sent by", "what it is for"], oneWay.Select(Entry));
        }

        if (payloads.Length > 0)
        {
            page.Heading(2, "Payloads within other messages");
            page.Table(["payload", "sent by", "what it is for"], payloads.Select(Entry));
        }

        page.Heading(2, "Reading the pages");
        page.Block(
            "A field's length counts Unicode code points. A dateTime is a string after RFC 3339, an integer has "
                + "32 bits. An optional field without a value is left out: `null` is not allowed in its place. The "
                + "examples hold all required fields and some optional ones, their values are made up."
        );
        page.Heading(2, "Errors");
        page.Block(
            "A CALL that breaks a rule is answered with a CALLERROR; a CALLRESULT that does is never answered, "
                + "but its violations carry the same codes. Each page names the rules of its fields; these hold for "
                + "every message. The codes are those of `OcppErrorMap.Default`; another table can be set in "
                + "`OcppReadOptions.ErrorMap`."
        );
        page.Table(ErrorTable.Head, ErrorTable.OfEveryMessage.Select(error => ErrorTable.Row(error.Rule, error.Text)));
        return page.ToString();
    }

    private static string[] Entry(Message message) =>
        [
            $"[{Markdown.Text(message.Name)}]({Uri.EscapeDataString(message.File)})",
            message.Sender is null ? "" : SenderText.Of(message.Sender),
            Markdown.Text(FirstSentence().Match(message.Request.Description).Value),
        ];

    /// <summary>Up to a full stop before a capital, or all of it.</summary>
    [GeneratedRegex(@"^.*?(\.(?= \p{Lu})|$)", RegexOptions.Singleline)]
    private static partial Regex FirstSentence();
}

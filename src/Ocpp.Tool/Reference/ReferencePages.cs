using Ocpp.Tool.Schemas;

namespace Ocpp.Tool.Reference;

/// <summary>Makes the pages of the reference, by their file names.</summary>
internal static class ReferencePages
{
    /// <summary>The first line of every page. A file without it is not ours to change.</summary>
    public const string Notice = "<!-- Written by `ocpp docs` from the schemas: change those. -->";

    public static IReadOnlyDictionary<string, string> Write(SchemaFolder schemas, string title)
    {
        IReadOnlyList<Message> messages = Message.AllOf(schemas);
        var pages = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [IndexPage.File] = IndexPage.Write(schemas, messages, title),
        };
        foreach (Message message in messages)
        {
            pages.Add(message.File, MessagePage.Write(schemas, message));
        }

        return pages;
    }
}

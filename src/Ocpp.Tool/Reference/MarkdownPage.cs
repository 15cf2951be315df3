using System.Text;

namespace Ocpp.Tool.Reference;

/// <summary>
/// Writes a page of Markdown: blocks with an empty line between them, <c>\n</c> at the end of every line.
/// </summary>
internal sealed class MarkdownPage
{
    private readonly StringBuilder _text = new();

    public void Heading(int level, string text) => Block(new string('#', level) + " " + text);

    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) =>
        Block(
            string.Join(
                '\n',
                [
                    Markdown.Row(head),
                    "|" + string.Concat(Enumerable.Repeat("---|", head.Count)),
                    .. rows.Select(row => Markdown.Row(row)),
                ]
            )
        );

    public void Json(string json) => Block($"```json\n{json}\n```");

    public void Block(string markdown)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(markdown).Append('\n');
    }

    public override string ToString() => _text.ToString();
}

using System.Text;

namespace Ocpp.Generators.Emitting;

/// <summary>
/// Writes C#: indentation by blocks, <c>\n</c> at the end of every line, whatever the machine. All text goes through
/// <see cref="Line"/>, which takes no line terminator: what ends a line would end a comment, and the rest would be code.
/// </summary>
internal sealed class SourceWriter
{
    /// <summary>As C#'s lexical grammar has them (new_line).</summary>
    private static readonly char[] s_lineTerminators = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    private readonly StringBuilder _text = new();
    private int _indentation;

    /// <exception cref="ArgumentException">The text has one of C#'s line terminators in it.</exception>
    public void Line(string text = "")
    {
        if (text.IndexOfAny(s_lineTerminators) >= 0)
        {
            throw new ArgumentException("A line of C# has no line terminator within it.", nameof(text));
        }

        if (text.Length > 0)
        {
            _text.Append(' ', 4 * _indentation).Append(text);
        }

        _text.Append('\n');
    }

    public void Open(string head = "")
    {
        if (head.Length > 0)
        {
            Line(head);
        }

        Line("{");
        _indentation++;
    }

    public void Close(string tail = "")
    {
        _indentation--;
        Line("}" + tail);
    }

    public void Indent() => _indentation++;

    public void Unindent() => _indentation--;

    /// <summary>Writes a doc comment's element with plain text in it.</summary>
    public void Doc(string element, string text) => DocXml(element, DocComment.Escape(text));

    /// <summary>Writes a doc comment's element, in lines of a readable length.</summary>
    public void DocXml(string element, string xml)
    {
        string all = $"<{element}>{xml}</{element}>";
        if (all.Length <= DocComment.MaxWidth)
        {
            Line("/// " + all);
            return;
        }

        Line($"/// <{element}>");
        foreach (string line in DocComment.Wrap(xml))
        {
            Line("/// " + line);
        }

        Line($"/// </{element}>");
    }

    public override string ToString() => _text.ToString();
}

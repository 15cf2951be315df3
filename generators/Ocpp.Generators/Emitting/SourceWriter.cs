using System.Text;

namespace Ocpp.Generators.Emitting;

/// <summary>Writes C#: indentation by blocks, <c>\n</c> at the end of every line, whatever the machine.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indentation;

    public void Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', 4 * _indentation).Append(text);
        }

        _text.Append('\n');
    }

    /// <summary>Writes several lines, each at the current indentation.</summary>
    public void Lines(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            Line(line.TrimEnd('\r'));
        }
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

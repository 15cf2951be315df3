using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ocpp.Generators.Emitting;

/// <summary>
/// C# that an interpolated string describes: <c>SourceCode code = $$"""…""";</c> shows the shape of what is written.
/// Only the template itself has line breaks, always as <c>\n</c>. Inserted text is checked for line terminators, since
/// one would end a comment and turn the rest of it into code. Inserted code keeps its lines, indented like the line
/// that it is inserted into.
/// </summary>
/// <remarks>
/// Inserted code that is empty and alone on its line takes away that line with the blank line that separates it from
/// the next, so that optional members need no condition around them.
/// </remarks>
[InterpolatedStringHandler]
internal sealed class SourceCode(int literalLength, int formattedCount)
{
    /// <summary>As C#'s lexical grammar has them (new_line).</summary>
    private static readonly char[] s_lineTerminators = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    private readonly StringBuilder _text = new(literalLength + (32 * formattedCount));

    /// <summary>Where the current line begins.</summary>
    private int _lineStart;

    /// <summary>The current line has only indentation and empty code so far.</summary>
    private bool _isOmitted;

    public static SourceCode Empty { get; } = new(0, 0);

    private bool IsEmpty
    {
        get
        {
            OmitLastLine();
            return _text.Length == 0;
        }
    }

    /// <summary>The code if the condition is true; otherwise none.</summary>
    public static SourceCode If(bool condition, SourceCode code) => condition ? code : Empty;

    /// <summary>The code of each item, on lines of its own, with a separator such as a comma between items.</summary>
    public static SourceCode Lines<T>(IEnumerable<T> items, Func<T, SourceCode> code, string separator = "") =>
        Join(separator + "\n", items.Select(code));

    /// <summary>The code of each item, with a blank line between them.</summary>
    public static SourceCode Paragraphs<T>(IEnumerable<T> items, Func<T, SourceCode> code) =>
        Join("\n\n", items.Select(code));

    /// <summary>Appends a part of the template.</summary>
    public void AppendLiteral(string template)
    {
        // The line breaks of a raw string are those of the file it is in, which differ by how it was checked out.
        template = template.Replace("\r\n", "\n");
        if (_isOmitted && template.Length > 0)
        {
            _isOmitted = false;
            if (template[0] == '\n')
            {
                _text.Length = _lineStart;
                template = template.Substring(1);
                if (template.StartsWith("\n", StringComparison.Ordinal))
                {
                    template = template.Substring(1);
                }
                else if (template.TrimStart(' ').StartsWith("}", StringComparison.Ordinal) && EndsWithBlankLine())
                {
                    _text.Length--;
                }
            }
        }

        int lastBreak = template.LastIndexOf('\n');
        _lineStart = lastBreak < 0 ? _lineStart : _text.Length + lastBreak + 1;
        _text.Append(template);
    }

    /// <summary>Inserts text, which must not end the line that it is in.</summary>
    /// <exception cref="ArgumentException">The text contains one of C#'s line terminators.</exception>
    public void AppendFormatted(string? text)
    {
        text ??= "";
        if (text.IndexOfAny(s_lineTerminators) >= 0)
        {
            throw new ArgumentException("Text inserted into C# must not contain line terminators.", nameof(text));
        }

        _isOmitted &= text.Length == 0;
        _text.Append(text);
    }

    /// <summary>Inserts a number.</summary>
    public void AppendFormatted(int number) => AppendFormatted(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Inserts code, each line indented as the current one.</summary>
    public void AppendFormatted(SourceCode code)
    {
        string indentation = _text.ToString(_lineStart, _text.Length - _lineStart);
        string content = indentation.TrimStart(' ');
        if (code.IsEmpty)
        {
            _isOmitted = content.Length == 0;
            return;
        }

        _isOmitted = false;
        string[] lines = code.ToString().Split('\n');
        _text.Append(lines[0]);
        string lineBreak = "\n" + indentation.Substring(0, indentation.Length - content.Length);
        foreach (string line in lines.Skip(1))
        {
            _lineStart = _text.Length + 1;
            _text.Append(line.Length == 0 ? "\n" : lineBreak).Append(line);
        }
    }

    /// <summary>The file that consists of this code.</summary>
    public string ToFile() => this + "\n";

    public override string ToString()
    {
        OmitLastLine();
        return _text.ToString();
    }

    private static SourceCode Join(string separator, IEnumerable<SourceCode> parts)
    {
        var all = new SourceCode(0, 0);
        foreach (SourceCode part in parts.Where(static part => !part.IsEmpty))
        {
            all.AppendLiteral(all.IsEmpty ? "" : separator);
            all.AppendFormatted(part);
        }

        return all;
    }

    private void OmitLastLine()
    {
        if (_isOmitted)
        {
            _isOmitted = false;
            _text.Length = Math.Max(0, _lineStart - 1);
        }
    }

    private bool EndsWithBlankLine() =>
        _text.Length > 1 && _text[_text.Length - 1] == '\n' && _text[_text.Length - 2] == '\n';
}

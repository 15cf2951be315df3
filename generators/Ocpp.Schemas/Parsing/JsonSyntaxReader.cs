using System.Globalization;
using System.Text;
using Ocpp.Schemas.Diagnostics;

namespace Ocpp.Schemas.Parsing;

/// <summary>
/// Reads JSON (RFC 8259) into values that know their place. The libraries at hand take comments, single quotes,
/// trailing commas and duplicate keys, or lose the position; a schema must have none of them, and each defect its line
/// and column.
/// </summary>
internal sealed class JsonSyntaxReader
{
    private const int MaxDepth = 64;

    private readonly string _text;
    private int _position;
    private int _depth;

    private JsonSyntaxReader(string text)
    {
        _text = text;
        _position = text.StartsWith("\uFEFF", StringComparison.Ordinal) ? 1 : 0;
    }

    /// <summary>Reads one JSON value.</summary>
    /// <returns>The value; or none, and what is wrong where.</returns>
    public static JsonSyntax? Read(string text, out string problem, out SourceSpan place)
    {
        var reader = new JsonSyntaxReader(text);
        try
        {
            JsonSyntax value = reader.ReadValue();
            reader.SkipWhiteSpace();
            if (reader._position < text.Length)
            {
                throw reader.Unexpected("the end of the file");
            }

            problem = "";
            place = default;
            return value;
        }
        catch (SyntaxException e)
        {
            problem = e.Message;
            place = e.Place;
            return null;
        }
    }

    private JsonSyntax ReadValue()
    {
        SkipWhiteSpace();
        int start = _position;
        switch (Peek())
        {
            case '{':
                return ReadObject();
            case '[':
                return ReadArray();
            case '"':
                string value = ReadString();
                return new JsonStringSyntax(Span(start), value);
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
            case 't' when TryTake("true"):
                return new JsonLiteralSyntax(Span(start), true);
            case 'f' when TryTake("false"):
                return new JsonLiteralSyntax(Span(start), false);
            case 'n' when TryTake("null"):
                return new JsonLiteralSyntax(Span(start), null);
            default:
                throw Unexpected("a value");
        }
    }

    private JsonObjectSyntax ReadObject()
    {
        int start = Enter();
        var members = new List<JsonMemberSyntax>();
        if (!TryClose('}'))
        {
            do
            {
                SkipWhiteSpace();
                int nameStart = _position;
                if (Peek() != '"')
                {
                    throw Unexpected("a key in double quotes");
                }

                string name = ReadString();
                SourceSpan nameSpan = Span(nameStart);
                Take(':', "a colon");
                members.Add(new JsonMemberSyntax(name, nameSpan, ReadValue()));
            } while (TakeCommaOr('}'));
        }

        return new JsonObjectSyntax(Span(start), members);
    }

    private JsonArraySyntax ReadArray()
    {
        int start = Enter();
        var items = new List<JsonSyntax>();
        if (!TryClose(']'))
        {
            do
            {
                items.Add(ReadValue());
            } while (TakeCommaOr(']'));
        }

        return new JsonArraySyntax(Span(start), items);
    }

    private int Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new SyntaxException("The schema is nested deeper than 64 levels", new SourceSpan(_position, 1));
        }

        return _position++;
    }

    private bool TryClose(char end)
    {
        SkipWhiteSpace();
        if (Peek() != end)
        {
            return false;
        }

        _position++;
        _depth--;
        return true;
    }

    private bool TakeCommaOr(char end)
    {
        if (TryClose(end))
        {
            return false;
        }

        Take(',', $"a comma or '{end}'");
        return true;
    }

    private void Take(char expected, string description)
    {
        SkipWhiteSpace();
        if (Peek() != expected)
        {
            throw Unexpected(description);
        }

        _position++;
    }

    private bool TryTake(string literal)
    {
        if (string.CompareOrdinal(_text, _position, literal, 0, literal.Length) != 0)
        {
            return false;
        }

        _position += literal.Length;
        return true;
    }

    private JsonNumberSyntax ReadNumber()
    {
        int start = _position;
        if (Peek() == '-')
        {
            _position++;
        }

        if (Peek() == '0')
        {
            _position++;
        }
        else
        {
            TakeDigits();
        }

        if (Peek() == '.')
        {
            _position++;
            TakeDigits();
        }

        if (Peek() is 'e' or 'E')
        {
            _position++;
            if (Peek() is '+' or '-')
            {
                _position++;
            }

            TakeDigits();
        }

        return new JsonNumberSyntax(Span(start), _text.Substring(start, _position - start));
    }

    private void TakeDigits()
    {
        if (Peek() is not (>= '0' and <= '9'))
        {
            throw Unexpected("a digit");
        }

        while (Peek() is >= '0' and <= '9')
        {
            _position++;
        }
    }

    private string ReadString()
    {
        var value = new StringBuilder();
        _position++;
        while (Peek() != '"')
        {
            int c = Peek();
            if (c < ' ')
            {
                throw Unexpected("the end of the text");
            }

            _position++;
            value.Append(c == '\\' ? ReadEscape() : (char)c);
        }

        _position++;
        return value.ToString();
    }

    private char ReadEscape()
    {
        int c = Peek();
        if (
            c == 'u'
            && _position + 5 <= _text.Length
            && ushort.TryParse(
                _text.Substring(_position + 1, 4),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out ushort unit
            )
        )
        {
            _position += 5;
            return (char)unit;
        }

        char? value = c switch
        {
            '"' or '\\' or '/' => (char)c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => null,
        };
        if (value is null)
        {
            throw Unexpected("an escape");
        }

        _position++;
        return value.Value;
    }

    private int Peek() => _position < _text.Length ? _text[_position] : -1;

    private void SkipWhiteSpace()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }
    }

    private SourceSpan Span(int start) => SourceSpan.FromBounds(start, _position);

    private SyntaxException Unexpected(string expected)
    {
        bool atEnd = _position >= _text.Length;
        string found = atEnd ? "the file ends" : $"there is U+{(int)_text[_position]:X4}";
        return new SyntaxException(
            $"Malformed JSON: {expected} is expected, but {found}",
            new SourceSpan(_position, atEnd ? 0 : 1)
        );
    }

    /// <summary>Ends reading from any depth; it never leaves this class.</summary>
    private sealed class SyntaxException(string message, SourceSpan place) : Exception(message)
    {
        public SourceSpan Place { get; } = place;
    }
}

using System.Text;

namespace Ocpp.Tests.Json;

/// <summary>
/// Makes JSON of every form: white space wherever it may stand, escapes and bytes beyond ASCII in names and texts, odd
/// numbers. The same random source makes the same JSON.
/// </summary>
internal sealed class RandomJson(Random random)
{
    private static readonly string[] s_whiteSpace = ["", "", "", "", " ", "\n", "\r\n", "\t", "   \t"];

    private static readonly string[] s_textParts =
    [
        "a",
        "csr",
        "-----BEGIN CERTIFICATE REQUEST-----",
        "MIIBVTCB/AIBADA=",
        "é",
        "€",
        "😀",
        "\u007F",
        "\u0080",
        "\uFFFD",
        "\u2028",
        "\\n",
        "\\r",
        "\\t",
        "\\b",
        "\\f",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u0000",
        "\\u0041",
        "\\u00e9",
        "\\u20AC",
        "\\uD83D\\uDE00",
        "/",
        "+",
    ];

    private static readonly string[] s_numbers =
    [
        "0",
        "-0",
        "7",
        "-1",
        "42",
        "123456789",
        "1234567890",
        "2147483647",
        "-2147483648",
        "2147483648",
        "7.0",
        "70e-1",
        "0.0",
        "1e400",
        "1e-400",
        "0.000001",
        "-12.5",
        "1E+2",
        "123456789012345678",
        "1234567890123456789",
        "79228162514264337593543950336",
        "1.10",
    ];

    private readonly StringBuilder _json = new();

    public static byte[] Make(int seed)
    {
        var json = new RandomJson(new Random(seed));
        json.WhiteSpace();
        json.Value(depth: 0);
        json.WhiteSpace();
        return Encoding.UTF8.GetBytes(json._json.ToString());
    }

    private void Value(int depth)
    {
        switch (random.Next(depth > 5 ? 7 : 10))
        {
            case 0:
                _json.Append(s_numbers[random.Next(s_numbers.Length)]);
                break;
            case 1:
                Number();
                break;
            case 2:
                _json.Append(
                    random.Next(3) switch
                    {
                        0 => "true",
                        1 => "false",
                        _ => "null",
                    }
                );
                break;
            case 3:
                _json.Append(random.Next(2) == 0 ? "[]" : "{}");
                break;
            case 4 or 5 or 6:
                Text();
                break;
            case 7:
                List('[', ']', () => Value(depth + 1));
                break;
            default:
                List(
                    '{',
                    '}',
                    () =>
                    {
                        Text();
                        WhiteSpace();
                        _json.Append(':');
                        WhiteSpace();
                        Value(depth + 1);
                    }
                );
                break;
        }
    }

    private void List(char begin, char end, Action item)
    {
        _json.Append(begin);
        WhiteSpace();
        int count = random.Next(5);
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
            {
                _json.Append(',');
                WhiteSpace();
            }

            item();
            WhiteSpace();
        }

        _json.Append(end);
    }

    private void Text()
    {
        _json.Append('"');
        for (int parts = random.Next(6); parts > 0; parts--)
        {
            if (random.Next(4) == 0)
            {
                _json.Append('x', random.Next(40));
            }

            _json.Append(s_textParts[random.Next(s_textParts.Length)]);
        }

        _json.Append('"');
    }

    private void Number()
    {
        _json.Append(random.Next(3) == 0 ? "-" : "");
        Digits(random.Next(1, 12), isInteger: true);
        if (random.Next(2) == 0)
        {
            _json.Append('.');
            Digits(random.Next(1, 10), isInteger: false);
        }

        if (random.Next(3) == 0)
        {
            _json
                .Append(random.Next(2) == 0 ? 'e' : 'E')
                .Append(
                    random.Next(3) switch
                    {
                        0 => "+",
                        1 => "-",
                        _ => "",
                    }
                );
            Digits(random.Next(1, 3), isInteger: false);
        }
    }

    private void Digits(int count, bool isInteger)
    {
        for (int i = 0; i < count; i++)
        {
            _json.Append((char)('0' + (isInteger && i == 0 && count > 1 ? random.Next(1, 10) : random.Next(10))));
        }
    }

    private void WhiteSpace() => _json.Append(s_whiteSpace[random.Next(s_whiteSpace.Length)]);
}

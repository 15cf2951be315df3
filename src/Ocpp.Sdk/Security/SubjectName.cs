using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ocpp.Security;

/// <summary>
/// The distinguished name of a certificate or a CSR, read once. Two names are equal if RFC 5280 section 7.1 says so:
/// upper and lower case, the string type, and white space around and between words make no difference. A value of more
/// than 1,024 UTF-16 code units equals its own bytes only. Immutable.
/// </summary>
/// <remarks>
/// What peers send is read as OpenSSL reads it: a PrintableString may have characters outside its alphabet (<c>*</c>,
/// <c>_</c>, <c>@</c>, <c>&amp;</c>), and the string types of one byte a character are Latin-1. What can't be read is a
/// fault, never an exception.
/// </remarks>
public sealed class SubjectName : IEquatable<SubjectName>
{
    /// <summary>
    /// How long a value may be, in UTF-16 code units, to be compared by RFC 5280: far beyond the bounds of its appendix
    /// A. To bring combining characters into order takes time that grows with the square of their number.
    /// </summary>
    private const int MaxFoldedLength = 1024;

    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );
    private static readonly UnicodeEncoding s_bmp = new(
        bigEndian: true,
        byteOrderMark: false,
        throwOnInvalidBytes: true
    );
    private static readonly UTF32Encoding s_universal = new(
        bigEndian: true,
        byteOrderMark: false,
        throwOnInvalidCharacters: true
    );

    private readonly string _canonical;

    private SubjectName(ReadOnlyMemory<byte> rawData, SubjectAttribute[] attributes)
    {
        RawData = rawData;
        Attributes = attributes;
        _canonical = Canonical(attributes);
    }

    /// <summary>The encoded name.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>All attributes in their order, those of multi-valued relative distinguished names too.</summary>
    public IReadOnlyList<SubjectAttribute> Attributes { get; }

    /// <summary>
    /// O: the operator (A00.FR.404, A00.FR.509). Returns <see langword="null"/> under the conditions of
    /// <see cref="Single"/>.
    /// </summary>
    public string? Organization => Single(SubjectAttribute.Organization);

    /// <summary>
    /// CN: the station's serial number (A00.FR.405, A00.FR.511). Returns <see langword="null"/> under the conditions of
    /// <see cref="Single"/>.
    /// </summary>
    public string? CommonName => Single(SubjectAttribute.CommonName);

    /// <summary>Reads an encoded name (RFC 5280 section 4.1.2.4).</summary>
    /// <param name="encoded">The name in DER; BER is read too. It is copied.</param>
    /// <param name="name">The name, if the result is <see langword="true"/>.</param>
    /// <param name="fault">Why it can't be read, if the result is <see langword="false"/>: a sentence that quotes
    /// nothing of the name.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> encoded,
        [NotNullWhen(true)] out SubjectName? name,
        [NotNullWhen(false)] out string? fault
    )
    {
        name = null;
        fault = null;
        byte[] copy = encoded.ToArray();
        try
        {
            var reader = new AsnReader(copy, AsnEncodingRules.BER);
            AsnReader parts = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var attributes = new List<SubjectAttribute>();
            for (int position = 0; parts.HasData; position++)
            {
                AsnReader part = parts.ReadSetOf();
                if (!part.HasData)
                {
                    fault = "A relative distinguished name is empty.";
                    return false;
                }

                while (part.HasData)
                {
                    if ((fault = ReadAttribute(part.ReadSequence(), position, attributes)) is not null)
                    {
                        return false;
                    }
                }
            }

            name = new SubjectName(copy, [.. attributes]);
            return true;
        }
        catch (AsnContentException)
        {
            fault = "The name is not a distinguished name (RFC 5280 section 4.1.2.4).";
            return false;
        }
    }

    /// <summary>Reads a name of a certificate or a CSR.</summary>
    /// <param name="encoded">The name.</param>
    /// <param name="name">The name, if the result is <see langword="true"/>.</param>
    /// <param name="fault">Why it can't be read, if the result is <see langword="false"/>: a sentence that quotes
    /// nothing of the name.</param>
    public static bool TryParse(
        X500DistinguishedName encoded,
        [NotNullWhen(true)] out SubjectName? name,
        [NotNullWhen(false)] out string? fault
    )
    {
        ArgumentNullException.ThrowIfNull(encoded);
        return TryParse(encoded.RawData, out name, out fault);
    }

    /// <summary>
    /// Compares two encoded names by RFC 5280 section 7.1. Names that can't be read are equal if their bytes are.
    /// </summary>
    public static bool AreEqual(X500DistinguishedName one, X500DistinguishedName other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.RawData.AsSpan().SequenceEqual(other.RawData)
            || (
                TryParse(one, out SubjectName? first, out _)
                && TryParse(other, out SubjectName? second, out _)
                && first.Equals(second)
            );
    }

    /// <summary>
    /// Compares two texts as the values of an attribute are compared (RFC 5280 section 7.1). A text with a control
    /// character is equal to none, and so is <see langword="null"/>; one of more than 1,024 UTF-16 code units equals
    /// itself only.
    /// </summary>
    public static bool AreEqual(string? one, string? other) =>
        one is not null
        && other is not null
        && !one.Any(char.IsControl)
        && !other.Any(char.IsControl)
        && (one.Length > MaxFoldedLength || other.Length > MaxFoldedLength ? one == other : Fold(one) == Fold(other));

    /// <summary>
    /// The text of the only attribute of a type. Returns <see langword="null"/> if the name has none or several of
    /// them, if it is part of a multi-valued relative distinguished name, where readers of single values would
    /// overlook it, or if it isn't a text or has control characters.
    /// </summary>
    /// <param name="oid">The type, such as <see cref="SubjectAttribute.CommonName"/>.</param>
    public string? Single(string oid)
    {
        SubjectAttribute? only = null;
        foreach (SubjectAttribute attribute in Attributes)
        {
            if (attribute.Oid != oid)
            {
                continue;
            }

            if (only is not null)
            {
                return null;
            }

            only = attribute;
        }

        return
            only is null || only.HasControlCharacters || Attributes.Count(other => other.Position == only.Position) > 1
            ? null
            : only.Value;
    }

    /// <summary>
    /// Whether RFC 5280 section 7.1 takes both for the same name. One with control characters equals its own bytes
    /// only.
    /// </summary>
    public bool Equals(SubjectName? other) => other is not null && _canonical == other._canonical;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SubjectName);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_canonical, StringComparison.Ordinal);

    /// <summary>The types of the attributes, and nothing of their values.</summary>
    public override string ToString() => string.Join(", ", Attributes);

    // AttributeTypeAndValue ::= SEQUENCE { type OBJECT IDENTIFIER, value ANY }
    private static string? ReadAttribute(AsnReader attribute, int position, List<SubjectAttribute> attributes)
    {
        string oid = attribute.ReadObjectIdentifier();
        ReadOnlyMemory<byte> value = attribute.ReadEncodedValue();
        attribute.ThrowIfNotEmpty();
        if (!TryReadText(value, out string? text, out string? fault))
        {
            return $"The value of {SubjectAttribute.NameOf(oid)} {fault}.";
        }

        attributes.Add(new SubjectAttribute(oid, text, position, value));
        return null;
    }

    private static bool TryReadText(
        ReadOnlyMemory<byte> value,
        out string? text,
        [NotNullWhen(false)] out string? fault
    )
    {
        text = null;
        fault = null;
        Asn1Tag tag = Asn1Tag.Decode(value.Span, out _);
        if (tag.TagClass != TagClass.Universal || EncodingOf((UniversalTagNumber)tag.TagValue) is not { } encoding)
        {
            return true;
        }

        byte[] bytes = new byte[value.Length];
        if (
            !AsnDecoder.TryReadCharacterStringBytes(
                value.Span,
                bytes,
                AsnEncodingRules.BER,
                new Asn1Tag((UniversalTagNumber)tag.TagValue),
                out _,
                out int length
            )
        )
        {
            fault = "is not a whole string";
            return false;
        }

        try
        {
            text = encoding.GetString(bytes, 0, length);
            return true;
        }
        catch (ArgumentException)
        {
            fault = $"is not valid {NameOf(encoding)}";
            return false;
        }
    }

    private static Encoding? EncodingOf(UniversalTagNumber type) =>
        type switch
        {
            UniversalTagNumber.UTF8String => s_utf8,
            UniversalTagNumber.BMPString => s_bmp,
            UniversalTagNumber.UniversalString => s_universal,
            UniversalTagNumber.PrintableString
            or UniversalTagNumber.TeletexString
            or UniversalTagNumber.IA5String
            or UniversalTagNumber.VisibleString
            or UniversalTagNumber.NumericString => Encoding.Latin1,
            _ => null,
        };

    private static string NameOf(Encoding encoding) =>
        encoding == s_utf8 ? "UTF-8"
        : encoding == s_bmp ? "UTF-16 (BMPString)"
        : "UTF-32 (UniversalString)";

    // The attributes of one relative distinguished name are a set. No control character is in a folded value, so
    // U+0001 and U+0002 can't be part of one; what isn't folded is written in hexadecimal, behind a U+0003 so that no
    // text equals it.
    private static string Canonical(SubjectAttribute[] attributes) =>
        string.Concat(
            attributes
                .GroupBy(attribute => attribute.Position)
                .Select(part =>
                    string.Join('\u0002', part.Select(CanonicalAttribute).Order(StringComparer.Ordinal)) + '\u0001'
                )
        );

    private static string CanonicalAttribute(SubjectAttribute attribute) =>
        attribute.Value is { Length: <= MaxFoldedLength } value && !attribute.HasControlCharacters
            ? $"{attribute.Oid}={Fold(value)}"
            : $"{attribute.Oid}\u0003{Convert.ToHexString(attribute.RawValue.Span)}";

    // RFC 4518, as far as the values of names need it: compatibility forms, then case, then white space. The case is
    // folded both ways, for some letters have two lower case forms, or two upper case ones.
    private static string Fold(string value)
    {
        string folded = Normalize(value).ToUpperInvariant().ToLowerInvariant();
        return string.Join(' ', folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Normalize(string value)
    {
        try
        {
            return value.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return value; // U+FFFE, or half a surrogate pair in a text of the application: it has no other form
        }
    }
}

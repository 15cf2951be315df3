using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.Security;

namespace Ocpp.Tests.Security;

/// <summary>
/// The one reader of distinguished names: whatever a peer sends, it is read or refused with the reason, and never
/// throws.
/// </summary>
public sealed class SubjectNameTests
{
    private const UniversalTagNumber Utf8 = UniversalTagNumber.UTF8String;
    private const UniversalTagNumber Printable = UniversalTagNumber.PrintableString;

    [Fact]
    public void Attributes_are_read_in_their_order_with_those_of_multi_valued_parts()
    {
        SubjectName name = Read(
            [(SubjectAttribute.Country, "DE", Printable)],
            [
                (SubjectAttribute.Organization, "Example", Utf8),
                (SubjectAttribute.DomainComponent, "CPO", UniversalTagNumber.IA5String),
            ],
            [(SubjectAttribute.CommonName, "CS-1", Utf8)]
        );

        Assert.Equal(
            ["C=DE 0", "O=Example 1", "DC=CPO 1", "CN=CS-1 2"],
            name.Attributes.Select(one => $"{one.DisplayName}={one.Value} {one.Position}")
        );
        Assert.Equal("C, O, DC, CN", name.ToString());
        Assert.Equal("CS-1", name.CommonName);
        Assert.Null(name.Organization); // it shares its part with another
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void A_value_of_more_than_1024_characters_equals_itself_only(int length, bool isEqual)
    {
        string lower = new('a', length);
        string upper = new('A', length);
        Assert.Equal(isEqual, SubjectName.AreEqual(lower, upper));
        Assert.True(SubjectName.AreEqual(lower, new string('a', length)));
        Assert.False(SubjectName.AreEqual("a", lower));
        Assert.Equal(isEqual, SubjectName.AreEqual(Named(lower), Named(upper)));
        Assert.True(SubjectName.AreEqual(Named(lower), Named(lower)));

        static X500DistinguishedName Named(string value)
        {
            var name = new X500DistinguishedNameBuilder();
            name.Add(new Oid(SubjectAttribute.CommonName), value);
            return name.Build();
        }
    }

    [Fact]
    public void Combining_characters_without_end_are_not_brought_into_order()
    {
        // Seconds to minutes, if they were.
        string value = string.Concat(Enumerable.Repeat("\u0315\u0300\u05AE\u0300", 1_000_000));
        Assert.True(SubjectName.AreEqual(value, new string(value)));
        Assert.False(SubjectName.AreEqual(value, "a"));
    }

    [Theory]
    [InlineData("DE*EXA*E1")]
    [InlineData("Example & Co")]
    [InlineData("a_b@c")]
    [InlineData("M\u00fcnchen")]
    public void PrintableString_outside_its_alphabet_is_read(string value) =>
        Assert.Equal(value, Read([(SubjectAttribute.CommonName, value, Printable)]).CommonName);

    [Theory]
    [InlineData(UniversalTagNumber.UTF8String, "\u6c34-\U0001F50C")]
    [InlineData(UniversalTagNumber.BMPString, "\u6c34-\u00fc")]
    [InlineData(UniversalTagNumber.UniversalString, "\u6c34-\U0001F50C")]
    [InlineData(UniversalTagNumber.TeletexString, "M\u00fcller")]
    [InlineData(UniversalTagNumber.IA5String, "a@b")]
    [InlineData(UniversalTagNumber.VisibleString, "a b")]
    [InlineData(UniversalTagNumber.NumericString, "12 3")]
    public void Every_string_type_is_read(UniversalTagNumber type, string value) =>
        Assert.Equal(value, Read([(SubjectAttribute.Organization, value, type)]).Organization);

    [Theory]
    [InlineData(UniversalTagNumber.UTF8String, "41C328", "The value of L is not valid UTF-8.")]
    [InlineData(UniversalTagNumber.UTF8String, "EDA080", "The value of L is not valid UTF-8.")]
    [InlineData(UniversalTagNumber.UTF8String, "C080", "The value of L is not valid UTF-8.")]
    [InlineData(UniversalTagNumber.BMPString, "004100", "The value of L is not valid UTF-16 (BMPString).")]
    [InlineData(UniversalTagNumber.BMPString, "D8000041", "The value of L is not valid UTF-16 (BMPString).")]
    [InlineData(
        UniversalTagNumber.UniversalString,
        "00110000",
        "The value of L is not valid UTF-32 (UniversalString)."
    )]
    public void Text_that_is_not_of_its_type_is_a_fault_with_the_reason(
        UniversalTagNumber type,
        string bytes,
        string reason
    )
    {
        Assert.False(
            SubjectName.TryParse(
                Encode([
                    [(SubjectAttribute.Locality, Convert.FromHexString(bytes), type)],
                ]),
                out _,
                out string? fault
            )
        );
        Assert.Equal(reason, fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3000FF")]
    [InlineData("3002")]
    [InlineData("30020500")]
    [InlineData("30023100")]
    [InlineData("3004310230FF")]
    [InlineData("300A31083006060355040A05")]
    [InlineData("3080")]
    public void What_is_not_a_name_is_a_fault_and_does_not_throw(string bytes)
    {
        Assert.False(SubjectName.TryParse(Convert.FromHexString(bytes), out SubjectName? name, out string? fault));
        Assert.Null(name);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_damaged_byte_of_a_name_is_read_or_refused_and_never_throws()
    {
        byte[] whole = Encode([
            [
                (SubjectAttribute.Organization, "Example"u8.ToArray(), Utf8),
                (SubjectAttribute.Locality, [0, 65], UniversalTagNumber.BMPString),
            ],
            [(SubjectAttribute.CommonName, "CS-1"u8.ToArray(), Printable)],
        ]);
        for (int i = 0; i < whole.Length; i++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] damaged = [.. whole];
                damaged[i] = (byte)value;
                bool isRead = SubjectName.TryParse(damaged, out SubjectName? name, out string? fault);
                Assert.Equal(isRead, name is not null);
                Assert.Equal(isRead, fault is null);
                Assert.False(SubjectName.TryParse(whole.AsSpan()[..i], out _, out _));
            }
        }
    }

    [Fact]
    public void A_value_that_is_not_a_text_has_none_and_is_compared_by_its_bytes()
    {
        SubjectName one = ReadRaw([(SubjectAttribute.CommonName, [0, 1], UniversalTagNumber.BitString)]);
        SubjectName same = ReadRaw([(SubjectAttribute.CommonName, [0, 1], UniversalTagNumber.BitString)]);
        SubjectName other = ReadRaw([(SubjectAttribute.CommonName, [0, 2], UniversalTagNumber.BitString)]);

        Assert.Null(one.CommonName);
        Assert.Null(one.Attributes[0].Value);
        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
    }

    [Theory]
    [InlineData("CS-1\0")]
    [InlineData("CS-1\n")]
    [InlineData("\u0085CS-1")]
    [InlineData("CS-1\u007f")]
    public void A_control_character_makes_a_text_equal_to_no_other(string value)
    {
        SubjectName name = Read([(SubjectAttribute.CommonName, value, Utf8)]);

        Assert.Null(name.CommonName);
        Assert.True(name.Attributes[0].HasControlCharacters);
        Assert.NotEqual(Read([(SubjectAttribute.CommonName, "CS-1", Utf8)]), name);
        Assert.False(SubjectName.AreEqual(value, value));
        Assert.False(SubjectName.AreEqual(value, "CS-1"));
    }

    [Fact]
    public void A_second_attribute_of_a_type_hides_nothing()
    {
        Assert.Null(
            Read(
                [(SubjectAttribute.CommonName, "CS-1", Utf8)],
                [(SubjectAttribute.CommonName, "CS-2", Utf8)]
            ).CommonName
        );
        Assert.Null(
            Read([(SubjectAttribute.CommonName, "CS-1", Utf8), (SubjectAttribute.CommonName, "CS-2", Utf8)]).CommonName
        );
        Assert.Null(Read([(SubjectAttribute.Organization, "CS-1", Utf8)]).CommonName);
    }

    [Theory]
    [InlineData("Example Charging", Utf8, "Example Charging", Printable)]
    [InlineData("Example Charging", Utf8, "EXAMPLE charging", Utf8)]
    [InlineData("Example Charging", Utf8, "  Example   Charging ", Utf8)]
    [InlineData("M\u00fcnchen", Utf8, "M\u00dcNCHEN", UniversalTagNumber.TeletexString)]
    [InlineData("\u03c3\u03c2", Utf8, "\u03a3\u03a3", UniversalTagNumber.BMPString)]
    [InlineData("Z\u0075\u0308rich", Utf8, "Z\u00fcrich", UniversalTagNumber.UniversalString)]
    public void Case_white_space_and_string_type_make_no_difference(
        string one,
        UniversalTagNumber type,
        string other,
        UniversalTagNumber otherType
    )
    {
        SubjectName first = Read([(SubjectAttribute.Organization, one, type)]);
        SubjectName second = Read([(SubjectAttribute.Organization, other, otherType)]);

        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.True(SubjectName.AreEqual(one, other));
        Assert.True(
            SubjectName.AreEqual(
                new X500DistinguishedName(first.RawData.Span),
                new X500DistinguishedName(second.RawData.Span)
            )
        );
    }

    [Fact]
    public void Other_words_types_order_or_parts_make_another_name()
    {
        SubjectName name = Read(
            [(SubjectAttribute.Organization, "a", Utf8)],
            [(SubjectAttribute.CommonName, "b", Utf8)]
        );

        Assert.NotEqual(
            Read([(SubjectAttribute.Organization, "a c", Utf8)], [(SubjectAttribute.CommonName, "b", Utf8)]),
            name
        );
        Assert.NotEqual(
            Read([(SubjectAttribute.CommonName, "b", Utf8)], [(SubjectAttribute.Organization, "a", Utf8)]),
            name
        );
        Assert.NotEqual(
            Read([(SubjectAttribute.Organization, "a", Utf8), (SubjectAttribute.CommonName, "b", Utf8)]),
            name
        );
        Assert.NotEqual(Read([(SubjectAttribute.Organization, "a", Utf8)]), name);
        Assert.NotEqual(
            Read([(SubjectAttribute.OrganizationalUnit, "a", Utf8)], [(SubjectAttribute.CommonName, "b", Utf8)]),
            name
        );
        Assert.False(SubjectName.AreEqual("ab", "a b"));
        Assert.False(SubjectName.AreEqual(null, (string?)null));
    }

    [Fact]
    public void The_order_within_a_multi_valued_part_makes_no_difference() =>
        Assert.Equal(
            Read([(SubjectAttribute.Organization, "a", Utf8), (SubjectAttribute.CommonName, "b", Utf8)]),
            Read([(SubjectAttribute.CommonName, "B", Printable), (SubjectAttribute.Organization, "A", Printable)])
        );

    [Fact]
    public void A_text_that_has_no_normal_form_is_compared_as_it_is()
    {
        SubjectName name = Read([(SubjectAttribute.CommonName, "a\ufffe", Utf8)]);
        Assert.Equal(name, Read([(SubjectAttribute.CommonName, "A\ufffe", Utf8)]));
        Assert.True(SubjectName.AreEqual("a\ud800", "A\ud800"));
    }

    private static SubjectName Read(params (string Oid, string Value, UniversalTagNumber Type)[][] parts) =>
        ReadRaw([
            .. parts.Select(part =>
                part.Select(one => (one.Oid, EncodingOf(one.Type).GetBytes(one.Value), one.Type)).ToArray()
            ),
        ]);

    private static SubjectName ReadRaw(params (string Oid, byte[] Value, UniversalTagNumber Type)[][] parts)
    {
        Assert.True(SubjectName.TryParse(Encode(parts), out SubjectName? name, out string? fault), fault);
        return name;
    }

    private static Encoding EncodingOf(UniversalTagNumber type) =>
        type switch
        {
            Utf8 => Encoding.UTF8,
            UniversalTagNumber.BMPString => Encoding.BigEndianUnicode,
            UniversalTagNumber.UniversalString => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
            _ => Encoding.Latin1,
        };

    // BER, for the order in a set is the test's to choose; and the values with their tags only, for a writer would
    // check them.
    private static byte[] Encode((string Oid, byte[] Value, UniversalTagNumber Type)[][] parts)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            foreach ((string, byte[], UniversalTagNumber)[] part in parts)
            {
                using (writer.PushSetOf())
                {
                    foreach ((string oid, byte[] value, UniversalTagNumber type) in part)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier(oid);
                            writer.WriteEncodedValue([(byte)type, (byte)value.Length, .. value]);
                        }
                    }
                }
            }
        }

        return writer.Encode();
    }
}

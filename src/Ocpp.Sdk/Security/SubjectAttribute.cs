namespace Ocpp.Security;

/// <summary>One attribute of a <see cref="SubjectName"/>.</summary>
public sealed class SubjectAttribute
{
    /// <summary>CN, in OCPP a station's serial number (A00.FR.511).</summary>
    public const string CommonName = "2.5.4.3";

    /// <summary>The subject's serial number, which OCPP leaves to CN.</summary>
    public const string SerialNumber = "2.5.4.5";

    /// <summary>C, a country of two letters.</summary>
    public const string Country = "2.5.4.6";

    /// <summary>L.</summary>
    public const string Locality = "2.5.4.7";

    /// <summary>ST.</summary>
    public const string StateOrProvince = "2.5.4.8";

    /// <summary>O, in OCPP the operator (A00.FR.509).</summary>
    public const string Organization = "2.5.4.10";

    /// <summary>OU.</summary>
    public const string OrganizationalUnit = "2.5.4.11";

    /// <summary>UID.</summary>
    public const string UserId = "0.9.2342.19200300.100.1.1";

    /// <summary>DC, in the certificates of ISO 15118 the role, such as CPO.</summary>
    public const string DomainComponent = "0.9.2342.19200300.100.1.25";

    /// <summary>E.</summary>
    public const string EmailAddress = "1.2.840.113549.1.9.1";

    internal SubjectAttribute(string oid, string? value, int position, ReadOnlyMemory<byte> rawValue)
    {
        Oid = oid;
        Value = value;
        Position = position;
        RawValue = rawValue;
        HasControlCharacters = value?.Any(char.IsControl) == true;
    }

    /// <summary>The type of the attribute, in dotted decimal.</summary>
    public string Oid { get; }

    /// <summary>
    /// The text, exactly as it was written; <see langword="null"/> if the value isn't of a string type.
    /// </summary>
    public string? Value { get; }

    /// <summary>
    /// The index of the relative distinguished name that the attribute is part of: attributes of a multi-valued one
    /// share it.
    /// </summary>
    public int Position { get; }

    /// <summary>The value with its tag and length, as it was encoded.</summary>
    public ReadOnlyMemory<byte> RawValue { get; }

    /// <summary>
    /// Whether the text has a NUL or another control character, which two readers could take for different names.
    /// </summary>
    public bool HasControlCharacters { get; }

    /// <summary>The usual short name of the attribute, such as <c>CN</c>; "an attribute" if it has none here.</summary>
    public string DisplayName => NameOf(Oid);

    /// <summary>The <see cref="DisplayName"/>, and nothing of the value.</summary>
    public override string ToString() => DisplayName;

    internal static string NameOf(string oid) =>
        oid switch
        {
            CommonName => "CN",
            SerialNumber => "SERIALNUMBER",
            Country => "C",
            Locality => "L",
            StateOrProvince => "ST",
            Organization => "O",
            OrganizationalUnit => "OU",
            UserId => "UID",
            DomainComponent => "DC",
            EmailAddress => "E",
            _ => "an attribute",
        };
}

using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Security;

namespace Ocpp.Certificates.Requests;

/// <summary>
/// The parts of a CertificationRequest (RFC 2986), read as widely as OpenSSL reads them: BER, without attributes,
/// with any version. Deviations from the standard are in <see cref="Deviations"/>.
/// </summary>
internal sealed class CsrContent
{
    private const string ExtensionRequestOid = "1.2.840.113549.1.9.14";
    private const string MicrosoftExtensionsOid = "1.3.6.1.4.1.311.2.1.14";
    private const int MaxDepth = 32; // far more than a CSR needs

    private static readonly Asn1Tag s_attributesTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    private readonly List<string> _deviations = [];
    private readonly List<X509Extension> _extensions = [];
    private int _extensionRequests;

    private CsrContent(ReadOnlyMemory<byte> encoded, SubjectName subject, PublicKeyInfo key)
    {
        Encoded = encoded;
        Subject = subject;
        Key = key;
    }

    /// <summary>The CSR as it was sent, without what follows it.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The content and its signature.</summary>
    public required SignedContent Signed { get; init; }

    public SubjectName Subject { get; }

    public PublicKeyInfo Key { get; }

    /// <summary>The extensions of all extension requests.</summary>
    public IReadOnlyList<X509Extension> Extensions => _extensions;

    /// <summary>Whether there is an extension request that can't be read.</summary>
    public bool HasUnreadableExtensions { get; private set; }

    /// <summary>
    /// Whether it asks for extensions in an attribute that only some certificate authorities understand.
    /// </summary>
    public bool HasForeignExtensions { get; private set; }

    /// <summary>Deviations from RFC 2986 and DER, as sentences. They quote nothing of the CSR.</summary>
    public IReadOnlyList<string> Deviations => _deviations;

    public static bool TryRead(
        byte[] block,
        [NotNullWhen(true)] out CsrContent? content,
        [NotNullWhen(false)] out string? fault
    )
    {
        content = null;
        try
        {
            fault = Read(block, out content);
            return content is not null;
        }
        catch (AsnContentException)
        {
            fault = "The PEM block is not a certificate signing request (RFC 2986).";
            return false;
        }
    }

    // CertificationRequest ::= SEQUENCE { certificationRequestInfo, signatureAlgorithm, signature BIT STRING }
    private static string? Read(byte[] block, out CsrContent? content)
    {
        content = null;
        var reader = new AsnReader(block, AsnEncodingRules.BER);
        ReadOnlyMemory<byte> encoded = reader.PeekEncodedValue();
        reader.ReadEncodedValue();
        SignedContent signed = SignedContent.Read(encoded);
        AsnReader info = new AsnReader(signed.Content, AsnEncodingRules.BER).ReadSequence();

        // CertificationRequestInfo ::= SEQUENCE { version, subject, subjectPKInfo, attributes [0] }
        bool isVersion1 = info.ReadInteger().IsZero;
        if (!SubjectName.TryParse(info.ReadEncodedValue().Span, out SubjectName? subject, out string? fault))
        {
            return fault;
        }

        content = new CsrContent(encoded, subject, PublicKeyInfo.Read(info.ReadEncodedValue())) { Signed = signed };
        if (!isVersion1)
        {
            content._deviations.Add("The CSR's version is not 0, which means version 1.");
        }

        content.ReadAttributes(info);
        info.ThrowIfNotEmpty();
        content.CheckEncoding(encoded);
        if (reader.HasData)
        {
            content._deviations.Add(
                $"The CSR is followed by {block.Length - encoded.Length} bytes within its PEM block."
            );
        }

        return null;
    }

    private void ReadAttributes(AsnReader info)
    {
        if (!info.HasData)
        {
            _deviations.Add("The CSR lacks the attributes field, which may be empty but not absent.");
            return;
        }

        // Attribute ::= SEQUENCE { type OBJECT IDENTIFIER, values SET OF ANY }
        AsnReader attributes = info.ReadSetOf(skipSortOrderValidation: true, s_attributesTag);
        bool hasEmpty = false;
        while (attributes.HasData)
        {
            AsnReader attribute = attributes.ReadSequence();
            string type = attribute.ReadObjectIdentifier();
            AsnReader values = attribute.ReadSetOf(skipSortOrderValidation: true);
            attribute.ThrowIfNotEmpty();
            hasEmpty |= !values.HasData;
            HasForeignExtensions |= type == MicrosoftExtensionsOid;
            if (type == ExtensionRequestOid)
            {
                ReadExtensionRequest(values);
            }
        }

        if (hasEmpty)
        {
            _deviations.Add("The CSR has an attribute without a value.");
        }

        if (_extensionRequests > 1)
        {
            _deviations.Add("The CSR has more than one extension request.");
        }

        if (_extensions.DistinctBy(one => one.Oid!.Value).Count() < _extensions.Count)
        {
            _deviations.Add("The CSR asks for an extension more than once.");
        }
    }

    // Extensions ::= SEQUENCE OF SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
    private void ReadExtensionRequest(AsnReader values)
    {
        while (values.HasData)
        {
            _extensionRequests++;
            ReadOnlyMemory<byte> value = values.ReadEncodedValue();
            try
            {
                var reader = new AsnReader(value, AsnEncodingRules.BER);
                AsnReader extensions = reader.ReadSequence();
                if (!extensions.HasData)
                {
                    _deviations.Add("The CSR has an extension request that holds no extension.");
                }

                while (extensions.HasData)
                {
                    ReadExtension(extensions.ReadSequence());
                }
            }
            catch (AsnContentException)
            {
                HasUnreadableExtensions = true;
            }
        }
    }

    private void ReadExtension(AsnReader extension)
    {
        string oid = extension.ReadObjectIdentifier();
        bool isCritical = false;
        if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && !(isCritical = extension.ReadBoolean()))
        {
            _deviations.Add("The CSR spells out a default value, which DER leaves out.");
        }

        byte[] value = extension.ReadOctetString();
        extension.ThrowIfNotEmpty();
        _extensions.Add(new X509Extension(oid, value, isCritical));
    }

    private void CheckEncoding(ReadOnlyMemory<byte> encoded)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        CheckDer(encoded, depth: 0, found);
        _deviations.AddRange(found);
    }

    /// <summary>Looks for what BER allows and DER does not, in all values down to the primitive ones.</summary>
    private static void CheckDer(ReadOnlyMemory<byte> data, int depth, SortedSet<string> found)
    {
        if (depth > MaxDepth)
        {
            found.Add("The CSR is not encoded in DER.");
            return;
        }

        var reader = new AsnReader(data, AsnEncodingRules.BER);
        while (reader.HasData)
        {
            Asn1Tag tag = reader.PeekTag();
            ReadOnlyMemory<byte> content = reader.PeekContentBytes();
            ReadOnlyMemory<byte> value = reader.ReadEncodedValue();
            bool isSet = tag.HasSameClassAndValue(s_attributesTag) || tag.HasSameClassAndValue(Asn1Tag.SetOf);
            if (!Holds(value, der => der.ReadEncodedValue()) || (tag.IsConstructed && IsPrimitiveInDer(tag)))
            {
                found.Add("The CSR is not encoded in DER.");
            }

            if (tag.HasSameClassAndValue(Asn1Tag.Boolean) && !Holds(value, der => der.ReadBoolean()))
            {
                found.Add("The CSR has a BOOLEAN that is not encoded as in DER.");
            }

            if (isSet && tag.IsConstructed && !Holds(value, der => der.ReadSetOf(tag)))
            {
                found.Add("The CSR has a set that is not in the order of DER.");
            }

            if (tag.IsConstructed)
            {
                CheckDer(content, depth + 1, found);
            }
        }
    }

    private static bool IsPrimitiveInDer(Asn1Tag tag) =>
        tag.TagClass == TagClass.Universal
        && !tag.HasSameClassAndValue(Asn1Tag.Sequence)
        && !tag.HasSameClassAndValue(Asn1Tag.SetOf);

    private static bool Holds(ReadOnlyMemory<byte> value, Action<AsnReader> read)
    {
        try
        {
            read(new AsnReader(value, AsnEncodingRules.DER));
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}

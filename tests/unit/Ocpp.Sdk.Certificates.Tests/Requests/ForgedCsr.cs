using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Tests;

/// <summary>A CSR put together byte by byte, as firmware in the field does, and properly signed.</summary>
internal sealed class ForgedCsr : IDisposable
{
    public const string CommonNameOid = "2.5.4.3";
    public const string OrganizationOid = "2.5.4.10";
    public const byte Utf8 = 12;
    public const byte Printable = 19;

    private static readonly byte[] s_ecdsaWithSha256 = Convert.FromHexString("300A06082A8648CE3D040302");
    private static readonly byte[] s_extensionRequestOid = Convert.FromHexString("06092A864886F70D01090E");

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ForgedCsr() => Key = _key.ExportSubjectPublicKeyInfo();

    public byte[] Version { get; init; } = [2, 1, 0];

    public byte[] Subject { get; init; } =
        Name(
            (OrganizationOid, Utf8, Encoding.UTF8.GetBytes(TestCsr.OrganizationName)),
            (CommonNameOid, Utf8, Encoding.UTF8.GetBytes(TestCsr.SerialNumber))
        );

    public byte[] Key { get; set; }

    /// <summary>The whole field, with its tag; null to leave it out.</summary>
    public byte[]? Attributes { get; init; } = [0xA0, 0];

    /// <summary>Encodes the outer sequence; by default as DER has it.</summary>
    public Func<byte[], byte[]> Wrap { get; init; } = content => Tlv(0x30, content);

    public PublicKeyId KeyId => PublicKeyId.Of(new PublicKey(_key));

    public string Pem()
    {
        byte[] info = Tlv(0x30, Version, Subject, Key, Attributes ?? []);
        byte[] signature = _key.SignData(info, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return TestCsr.Pem(Wrap([.. info, .. s_ecdsaWithSha256, .. Tlv(3, [0], signature)]));
    }

    public void Dispose() => _key.Dispose();

    /// <summary>The key with its point in another form: 2 and 3 are compressed, 6 and 7 hybrid.</summary>
    public ForgedCsr SpellPoint(bool isCompressed)
    {
        ECParameters key = _key.ExportParameters(includePrivateParameters: false);
        int parity = key.Q.Y![^1] & 1;
        byte[] point = isCompressed ? [(byte)(2 + parity), .. key.Q.X!] : [(byte)(6 + parity), .. key.Q.X!, .. key.Q.Y];
        Key = Tlv(0x30, Convert.FromHexString("301306072A8648CE3D020106082A8648CE3D030107"), Tlv(3, [0], point));
        return this;
    }

    /// <summary>Each attribute in a part of its own.</summary>
    public static byte[] Name(params (string Oid, byte Type, byte[] Value)[] attributes) =>
        Tlv(0x30, [.. attributes.Select(one => Tlv(0x31, Attribute(one.Oid, one.Type, one.Value)))]);

    public static byte[] Attribute(string oid, byte type, byte[] value) => Tlv(0x30, Oid(oid), Tlv(type, value));

    /// <summary>An attribute of type extensionRequest with these values.</summary>
    public static byte[] ExtensionRequest(params byte[][] values) =>
        Tlv(0x30, s_extensionRequestOid, Tlv(0x31, values));

    /// <summary>basicConstraints that says it is no CA, critical with the given byte for TRUE.</summary>
    public static byte[] NoAuthority(byte critical = 0xFF) =>
        Tlv(0x30, Convert.FromHexString("0603551D13"), [1, 1, critical], Tlv(4, [0x30, 0]));

    public static byte[] Oid(string oid)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }

    public static byte[] Tlv(byte tag, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(part => part)];
        byte[] length =
            content.Length < 128 ? [(byte)content.Length]
            : content.Length < 256 ? [0x81, (byte)content.Length]
            : [0x82, (byte)(content.Length >> 8), (byte)content.Length];
        return [tag, .. length, .. content];
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using static Ocpp.Certificates.Tests.ForgedCsr;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// CSRs as firmware in the field builds them: what OpenSSL reads is read, and what isn't as it should be is named.
/// </summary>
public sealed class CsrFormTests
{
    private static readonly CsrPolicy s_policy = new() { OrganizationName = TestCsr.OrganizationName };

    [Fact]
    public void A_forged_CSR_in_its_plain_form_is_accepted()
    {
        using var csr = new ForgedCsr();

        Assert.Equal("Accepted.", s_policy.Evaluate(csr.Pem(), TestCsr.SerialNumber).ToString());
    }

    [Fact]
    public void A_CSR_without_attributes_has_a_finding_that_can_be_tolerated()
    {
        using var csr = new ForgedCsr { Attributes = null };

        AssertForm(csr, "The CSR lacks the attributes field, which may be empty but not absent.");
    }

    [Fact]
    public void An_empty_extension_request_has_a_finding_that_can_be_tolerated()
    {
        using var csr = new ForgedCsr { Attributes = Tlv(0xA0, ExtensionRequest(Tlv(0x30))) };

        AssertForm(csr, "The CSR has an extension request that holds no extension.");
    }

    [Fact]
    public void An_attribute_without_a_value_has_a_finding_that_can_be_tolerated()
    {
        using var csr = new ForgedCsr { Attributes = Tlv(0xA0, ExtensionRequest()) };

        AssertForm(csr, "The CSR has an attribute without a value.");
    }

    [Fact]
    public void Two_extension_requests_have_a_finding_and_the_extensions_of_both_are_judged()
    {
        byte[] usage = Tlv(0x30, Convert.FromHexString("0603551D0F"), Tlv(4, [3, 2, 2, 4]));
        using var csr = new ForgedCsr
        {
            Attributes = Tlv(0xA0, ExtensionRequest(Tlv(0x30, NoAuthority())), ExtensionRequest(Tlv(0x30, usage))),
        };

        CsrEvaluation verdict = s_policy.Evaluate(csr.Pem(), TestCsr.SerialNumber);

        Assert.Equal(2, verdict.Request!.RequestedExtensions.Count);
        Assert.Contains(
            new CsrFinding(CsrCheck.Form, "The CSR has more than one extension request."),
            verdict.Refusals
        );
        Assert.Contains(new CsrFinding(CsrCheck.UsageExtension, "The CSR asks for a key usage."), verdict.Refusals);
        Assert.All(verdict.Refusals, finding => Assert.True(finding.Check is CsrCheck.Form or CsrCheck.UsageExtension));
    }

    [Fact]
    public void Two_values_of_an_extension_request_are_two_requests()
    {
        using var csr = new ForgedCsr
        {
            Attributes = Tlv(0xA0, ExtensionRequest(Tlv(0x30, NoAuthority()), Tlv(0x30, NoAuthority()))),
        };

        CsrEvaluation verdict = s_policy.Evaluate(csr.Pem(), TestCsr.SerialNumber);

        Assert.Equal(
            [
                new CsrFinding(CsrCheck.Form, "The CSR has more than one extension request."),
                new CsrFinding(CsrCheck.Form, "The CSR asks for an extension more than once."),
            ],
            verdict.Refusals
        );
    }

    [Fact]
    public void Attributes_out_of_order_have_a_finding_that_can_be_tolerated()
    {
        byte[] password = Tlv(
            0x30,
            Oid("1.2.840.113549.1.9.7"),
            Tlv(0x31, Tlv(Utf8, Encoding.UTF8.GetBytes(new string('p', 60))))
        );
        using var csr = new ForgedCsr { Attributes = Tlv(0xA0, password, ExtensionRequest(Tlv(0x30, NoAuthority()))) };

        AssertForm(csr, "The CSR has a set that is not in the order of DER.");
    }

    [Fact]
    public void A_BOOLEAN_01_has_a_finding_that_can_be_tolerated()
    {
        using var csr = new ForgedCsr { Attributes = Tlv(0xA0, ExtensionRequest(Tlv(0x30, NoAuthority(critical: 1)))) };

        AssertForm(csr, "The CSR has a BOOLEAN that is not encoded as in DER.");
    }

    [Fact]
    public void A_default_that_is_spelled_out_has_a_finding_that_can_be_tolerated()
    {
        using var csr = new ForgedCsr { Attributes = Tlv(0xA0, ExtensionRequest(Tlv(0x30, NoAuthority(critical: 0)))) };

        AssertForm(csr, "The CSR spells out a default value, which DER leaves out.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0xFF)]
    public void Another_version_has_a_finding_that_can_be_tolerated(byte version)
    {
        using var csr = new ForgedCsr { Version = [2, 1, version] };

        AssertForm(csr, "The CSR's version is not 0, which means version 1.");
    }

    [Fact]
    public void BER_has_a_finding_that_can_be_tolerated()
    {
        using var indefinite = new ForgedCsr { Wrap = content => [0x30, 0x80, .. content, 0, 0] };
        using var longLength = new ForgedCsr
        {
            Wrap = content => [0x30, 0x84, 0, 0, (byte)(content.Length >> 8), (byte)content.Length, .. content],
        };

        AssertForm(indefinite, "The CSR is not encoded in DER.");
        AssertForm(longLength, "The CSR is not encoded in DER.");
    }

    [Fact]
    public void Bytes_behind_the_CSR_have_a_finding_that_can_be_tolerated_and_are_not_passed_on()
    {
        using var csr = new ForgedCsr { Wrap = content => [.. Tlv(0x30, content), 0, 0] };

        CsrEvaluation verdict = AssertForm(csr, "The CSR is followed by 2 bytes within its PEM block.");
        Assert.Equal("Accepted.", s_policy.Evaluate(verdict.Request!.ToPem(), TestCsr.SerialNumber).ToString());
    }

    [Fact]
    public void An_extension_request_that_cannot_be_read_is_a_finding_of_the_extensions()
    {
        using var csr = new ForgedCsr { Attributes = Tlv(0xA0, ExtensionRequest(Tlv(0x30, [2, 1, 5]))) };

        AssertRefused(csr, CsrCheck.Extensions, "The CSR asks for extensions in a form that can't be read.");
    }

    [Theory]
    [InlineData("DE*EXA*E1")]
    [InlineData("CS_1@site")]
    [InlineData("Example & Co")]
    public void A_PrintableString_outside_its_alphabet_is_read(string value)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(value);
        using var csr = new ForgedCsr
        {
            Subject = Name((OrganizationOid, Printable, bytes), (CommonNameOid, Printable, bytes)),
        };

        CsrEvaluation verdict = (s_policy with { OrganizationName = value }).Evaluate(csr.Pem(), value);

        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Equal((value, value), (verdict.Request!.Subject.Organization, verdict.Request.Subject.CommonName));
    }

    [Fact]
    public void A_subject_with_invalid_UTF_8_is_refused_with_that_reason()
    {
        using var csr = new ForgedCsr { Subject = Subject("2.5.4.7", [0x4D, 0xFC, 0x6E]) };

        AssertRefused(csr, CsrCheck.Request, "The value of L is not valid UTF-8.");
    }

    [Fact]
    public void A_NUL_behind_the_CN_is_refused_and_cannot_be_tolerated()
    {
        using var csr = new ForgedCsr
        {
            Subject = Name(
                (OrganizationOid, Utf8, Encoding.UTF8.GetBytes(TestCsr.OrganizationName)),
                (CommonNameOid, Utf8, Encoding.UTF8.GetBytes(TestCsr.SerialNumber + "\0"))
            ),
        };

        AssertRefused(csr, CsrCheck.SubjectText, "The value of CN has a NUL or another control character.");
        Assert.Throws<ArgumentException>(() =>
            s_policy with
            {
                Tolerated = new HashSet<CsrCheck> { CsrCheck.SubjectText },
            }
        );
    }

    [Theory]
    [InlineData("0.9.2342.19200300.100.1.1", "UID")]
    [InlineData("2.5.4.5", "SERIALNUMBER")]
    [InlineData("1.2.840.113549.1.9.1", "E")]
    [InlineData("2.5.4.11", "OU")]
    [InlineData("0.9.2342.19200300.100.1.25", "DC")]
    [InlineData("1.2.3.4", "an attribute")]
    public void A_further_attribute_has_a_finding_that_can_be_tolerated_or_allowed(string oid, string name)
    {
        using var csr = new ForgedCsr { Subject = Subject(oid, "x"u8.ToArray()) };
        string reason = $"The subject has {name}, which is not allowed.";

        AssertRefused(csr, CsrCheck.SubjectAttributes, reason);
        CsrPolicy tolerant = s_policy with { Tolerated = new HashSet<CsrCheck> { CsrCheck.SubjectAttributes } };
        Assert.Equal($"Accepted. Tolerated: {reason}", tolerant.Evaluate(csr.Pem(), TestCsr.SerialNumber).ToString());
        CsrPolicy allowing = s_policy with { AllowedSubjectAttributes = new HashSet<string> { oid } };
        Assert.Equal("Accepted.", allowing.Evaluate(csr.Pem(), TestCsr.SerialNumber).ToString());
    }

    [Theory]
    [InlineData("2.5.4.6")]
    [InlineData("2.5.4.7")]
    [InlineData("2.5.4.8")]
    public void Where_a_station_is_may_be_said(string oid)
    {
        using var csr = new ForgedCsr { Subject = Subject(oid, "DE"u8.ToArray()) };

        Assert.Equal("Accepted.", s_policy.Evaluate(csr.Pem(), TestCsr.SerialNumber).ToString());
    }

    [Fact]
    public void A_subject_that_lacks_O_or_CN_or_joins_them_is_refused_with_that_reason()
    {
        using var empty = new ForgedCsr { Subject = Tlv(0x30) };
        using var joined = new ForgedCsr
        {
            Subject = Tlv(
                0x30,
                Tlv(
                    0x31,
                    Attribute(CommonNameOid, Utf8, Encoding.UTF8.GetBytes(TestCsr.SerialNumber)),
                    Attribute(OrganizationOid, Utf8, Encoding.UTF8.GetBytes(TestCsr.OrganizationName))
                )
            ),
        };

        Assert.Equal(
            "Refused. The subject has no O. The subject has no CN.",
            s_policy.Evaluate(empty.Pem(), TestCsr.SerialNumber).ToString()
        );
        Assert.Equal(
            "Refused. The subject's O is joined with another attribute. The subject's CN is joined with another "
                + "attribute.",
            s_policy.Evaluate(joined.Pem(), TestCsr.SerialNumber).ToString()
        );
    }

    [Fact]
    public void The_operators_name_compares_without_case_string_type_and_doubled_space()
    {
        using var csr = new ForgedCsr
        {
            Subject = Name(
                (OrganizationOid, Printable, "EXAMPLE  charging"u8.ToArray()),
                (CommonNameOid, Printable, Encoding.ASCII.GetBytes(TestCsr.SerialNumber))
            ),
        };

        Assert.Equal("Accepted.", s_policy.Evaluate(csr.Pem(), TestCsr.SerialNumber).ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_compressed_or_hybrid_point_is_read(bool isCompressed)
    {
        using ForgedCsr csr = new ForgedCsr().SpellPoint(isCompressed);

        CsrEvaluation verdict = s_policy.Evaluate(csr.Pem(), TestCsr.SerialNumber);

        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Equal(csr.KeyId, verdict.Request!.KeyId);
        Assert.Equal(csr.KeyId, PublicKeyId.Of(verdict.Request.PublicKey));
        Assert.Equal(256, verdict.Request.KeySize);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(222)] // the most that 2048 bits allow, as OpenSSL makes it
    public void RSA_PSS_is_verified_with_a_salt_of_any_length(int saltLength)
    {
        using var key = RSA.Create(2048);
        var generator = new PssSignature(key, saltLength);
        byte[] der = TestCsr.Request(key).CreateSigningRequest(generator);

        Assert.Equal("Accepted.", s_policy.Evaluate(TestCsr.Pem(der), TestCsr.SerialNumber).ToString());
        der[^1] ^= 1;
        Assert.Equal(
            "Refused. The CSR's signature does not verify with the CSR's own key.",
            s_policy.Evaluate(TestCsr.Pem(der), TestCsr.SerialNumber).ToString()
        );
    }

    [Fact]
    public void An_algorithm_that_cannot_be_verified_is_named_as_the_reason()
    {
        using var key = RSA.Create(2048);
        byte[] der = TestCsr.Request(key).CreateSigningRequest(new OddSignature(key));

        Assert.Equal(
            "Refused. The CSR is signed with an algorithm that can't be verified here. "
                + "The CSR is not signed with SHA-256 or a longer hash of that family.",
            s_policy.Evaluate(TestCsr.Pem(der), TestCsr.SerialNumber).ToString()
        );
    }

    [Fact]
    public void Every_damaged_byte_is_read_or_refused_and_never_throws()
    {
        using var csr = new ForgedCsr { Attributes = Tlv(0xA0, ExtensionRequest(Tlv(0x30, NoAuthority()))) };
        byte[] der = TestCsr.Read(csr.Pem()).Der.ToArray();
        for (int i = 0; i < der.Length; i++)
        {
            foreach (int value in new[] { 0, 1, 0x7F, 0x80, 0xFF, der[i] ^ 1, der[i] ^ 0x20 })
            {
                byte[] damaged = [.. der];
                damaged[i] = (byte)value;
                CsrEvaluation verdict = s_policy.Evaluate(TestCsr.Pem(damaged), TestCsr.SerialNumber);
                Assert.Equal(value == der[i], verdict.IsAccepted);
            }
        }
    }

    private static byte[] Subject(string oid, byte[] value) =>
        Name(
            (oid, Utf8, value),
            (OrganizationOid, Utf8, Encoding.UTF8.GetBytes(TestCsr.OrganizationName)),
            (CommonNameOid, Utf8, Encoding.UTF8.GetBytes(TestCsr.SerialNumber))
        );

    private static CsrEvaluation AssertForm(ForgedCsr csr, string reason)
    {
        AssertRefused(csr, CsrCheck.Form, reason);
        CsrPolicy tolerant = s_policy with { Tolerated = new HashSet<CsrCheck> { CsrCheck.Form } };
        CsrEvaluation verdict = tolerant.Evaluate(csr.Pem(), TestCsr.SerialNumber);
        Assert.Equal($"Accepted. Tolerated: {reason}", verdict.ToString());
        Assert.Equal(csr.KeyId, verdict.Request!.KeyId);
        return verdict;
    }

    private static void AssertRefused(ForgedCsr csr, CsrCheck check, string reason) =>
        Assert.Equal([new CsrFinding(check, reason)], s_policy.Evaluate(csr.Pem(), TestCsr.SerialNumber).Refusals);

    /// <summary>Says that it is of an algorithm that nobody knows.</summary>
    private sealed class OddSignature(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            Tlv(0x30, Oid("1.2.3.4"));

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => [1];

        protected override PublicKey BuildPublicKey() => new(key);
    }
}

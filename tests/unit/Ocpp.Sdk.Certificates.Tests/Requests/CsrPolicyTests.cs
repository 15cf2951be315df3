using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A02: what the CSMS asks of a CSR before it forwards it.</summary>
public class CsrPolicyTests
{
    private static readonly CsrPolicy s_policy = new() { OrganizationName = TestCsr.OrganizationName };

    [Fact]
    public void A_proper_CSR_is_accepted()
    {
        CsrEvaluation verdict = s_policy.Evaluate(TestCsr.Pem(), TestCsr.SerialNumber);

        Assert.True(verdict.IsAccepted);
        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Null(verdict.Rejection);
        Assert.Equal(TestCsr.SerialNumber, verdict.Request.Subject.CommonName);
    }

    [Fact]
    public void The_CSR_of_a_station_key_is_accepted_whatever_its_algorithm()
    {
        foreach (
            StationKeyAlgorithm algorithm in new[]
            {
                StationKeyAlgorithm.EcP256,
                StationKeyAlgorithm.EcP384,
                StationKeyAlgorithm.EcP521,
                StationKeyAlgorithm.Rsa(2048),
            }
        )
        {
            using KeyPair key = KeyPair.Create(algorithm);

            CsrEvaluation verdict = s_policy.Evaluate(
                CsrBuilder.Build(key, TestCsr.OrganizationName, TestCsr.SerialNumber).ToPem(),
                TestCsr.SerialNumber
            );

            Assert.Equal("Accepted.", verdict.ToString());
            Assert.Equal(key.Id, verdict.Request?.KeyId);
        }
    }

    [Fact]
    public void RSA_PSS_with_SHA_256_is_accepted()
    {
        using var key = RSA.Create(2048);
        string csr = new CertificateRequest(
            TestCsr.Subject(),
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pss
        ).CreateSigningRequestPem();

        Assert.Equal("Accepted.", s_policy.Evaluate(csr, TestCsr.SerialNumber).ToString());
    }

    [Fact]
    public void The_old_PEM_label_is_read() =>
        Assert.Equal(
            "Accepted.",
            s_policy
                .Evaluate(
                    TestCsr.Pem().Replace(" CERTIFICATE", " NEW CERTIFICATE", StringComparison.Ordinal),
                    TestCsr.SerialNumber
                )
                .ToString()
        );

    [Theory]
    [InlineData("")]
    [InlineData("no PEM")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE-----")]
    public void A_CSR_that_is_not_PEM_is_refused(string csr) =>
        AssertRefused(CsrCheck.Pem, "The CSR is not in PEM.", csr);

    [Fact]
    public void A_CSR_that_is_none_is_refused()
    {
        string der = Convert.ToBase64String([0x30, 0x03, 0x02, 0x01, 0x05]);

        AssertRefused(
            CsrCheck.Request,
            "The PEM block is not a certificate signing request (RFC 2986).",
            $"-----BEGIN CERTIFICATE REQUEST-----\n{der}\n-----END CERTIFICATE REQUEST-----"
        );
    }

    [Fact]
    public void A_certificate_is_no_CSR()
    {
        using var authority = TestAuthority.BelowRoot();

        AssertRefused(
            CsrCheck.Request,
            "The PEM block is not labelled CERTIFICATE REQUEST.",
            authority.Root.ExportCertificatePem()
        );
    }

    [Fact]
    public void A_CSR_that_is_signed_with_another_key_is_refused() =>
        AssertRefused(
            CsrCheck.Signature,
            "The CSR's signature does not verify with the CSR's own key.",
            TestCsr.SignedWithAnotherKey()
        );

    [Fact]
    public void A_CSR_that_asks_to_be_a_CA_is_refused() =>
        AssertRefused(
            CsrCheck.AuthorityExtension,
            "The CSR asks for the certificate of a certificate authority.",
            TestCsr.Pem(X509BasicConstraintsExtension.CreateForCertificateAuthority())
        );

    [Fact]
    public void A_CSR_that_says_it_is_no_CA_is_accepted() =>
        Assert.Equal(
            "Accepted.",
            s_policy
                .Evaluate(TestCsr.Pem(X509BasicConstraintsExtension.CreateForEndEntity()), TestCsr.SerialNumber)
                .ToString()
        );

    [Fact]
    public void Basic_constraints_that_cannot_be_read_are_taken_for_a_CA() =>
        AssertRefused(
            CsrCheck.AuthorityExtension,
            "The CSR asks for the certificate of a certificate authority.",
            TestCsr.Pem(new X509Extension("2.5.29.19", [0x30, 0x01], critical: true))
        );

    [Fact]
    public void A_CSR_that_asks_for_a_key_usage_is_refused() =>
        AssertRefused(
            CsrCheck.UsageExtension,
            "The CSR asks for a key usage.",
            TestCsr.Pem(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true))
        );

    [Fact]
    public void A00_FR_514_A_CSR_that_asks_for_an_extended_key_usage_is_refused() =>
        AssertRefused(
            CsrCheck.UsageExtension,
            "The CSR asks for an extended key usage.",
            TestCsr.Pem(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false))
        );

    [Fact]
    public void An_extension_that_is_not_allowed_is_refused()
    {
        X509Extension extension = AlternativeName();

        AssertRefused(
            CsrCheck.Extensions,
            "The CSR asks for an extension that is not allowed.",
            TestCsr.Pem(extension)
        );
    }

    [Fact]
    public void An_extension_that_the_operator_allows_is_accepted()
    {
        CsrPolicy policy = s_policy with { AllowedExtensions = new HashSet<string> { "2.5.29.17" } };

        Assert.Equal("Accepted.", policy.Evaluate(TestCsr.Pem(AlternativeName()), TestCsr.SerialNumber).ToString());
    }

    [Fact]
    public void Usage_and_CA_are_not_allowed_by_being_among_the_allowed_extensions()
    {
        CsrPolicy policy = s_policy with
        {
            AllowedExtensions = new HashSet<string> { "2.5.29.15", "2.5.29.19" },
        };
        string csr = TestCsr.Pem(
            X509BasicConstraintsExtension.CreateForCertificateAuthority(),
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true)
        );

        CsrEvaluation verdict = policy.Evaluate(csr, TestCsr.SerialNumber);

        Assert.Equal(
            [CsrCheck.AuthorityExtension, CsrCheck.UsageExtension],
            verdict.Refusals.Select(finding => finding.Check)
        );
    }

    [Fact]
    public void Extensions_in_the_attribute_of_a_vendor_are_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = TestCsr.Request(key);
        request.OtherRequestAttributes.Add(new AsnEncodedData("1.3.6.1.4.1.311.2.1.14", [0x30, 0x00]));

        AssertRefused(
            CsrCheck.Extensions,
            "The CSR asks for extensions in an attribute that is not the standard's.",
            request.CreateSigningRequestPem()
        );
    }

    [Fact]
    public void A00_FR_502_An_RSA_key_of_less_than_2048_bits_is_refused()
    {
        using var key = RSA.Create(1024);

        AssertRefused(CsrCheck.KeySize, "The RSA key has 1024 bits; at least 2048 are asked for.", TestCsr.Pem(key));
    }

    [Fact]
    public void A00_FR_503_An_EC_key_of_224_bits_is_accepted_and_refused_where_the_operator_asks_for_more()
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp224r1"));
        string csr = TestCsr.Pem(key);

        Assert.Equal("Accepted.", s_policy.Evaluate(csr, TestCsr.SerialNumber).ToString());
        AssertRefused(
            CsrCheck.KeySize,
            "The EC key has 224 bits; at least 256 are asked for.",
            csr,
            s_policy with
            {
                MinEcKeySize = 256,
            }
        );
    }

    [Fact]
    public void An_EC_key_that_spells_out_its_curve_is_refused()
    {
        // Of openssl req with ec_param_enc:explicit: .NET makes no such key.
        const string Csr = """
            -----BEGIN CERTIFICATE REQUEST-----
            MIIB3jCCAYMCAQAwLTEZMBcGA1UECgwQRXhhbXBsZSBDaGFyZ2luZzEQMA4GA1UE
            AwwHRVgtMDAwMTCCAUswggEDBgcqhkjOPQIBMIH3AgEBMCwGByqGSM49AQECIQD/
            ////AAAAAQAAAAAAAAAAAAAAAP///////////////zBbBCD/////AAAAAQAAAAAA
            AAAAAAAAAP///////////////AQgWsY12Ko6k+ez671VdpiGvGUdBrDMU7D2O848
            PifSYEsDFQDEnTYIhucEk2pmeOETnSa3gZ9+kARBBGsX0fLhLEJH+Lzm5WOkQPJ3
            A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfUC
            IQD/////AAAAAP//////////vOb6racXnoTzucrC/GMlUQIBAQNCAARn28Fr8qCR
            Q8NcxsX0WdPt1mtHjQVC2iMPp+Q98mHq8s9W8P2CUtM0VdEY1uCmiyI8RYIqcKcG
            0TzLDtHlH5MIoAAwCgYIKoZIzj0EAwIDSQAwRgIhAInLRwIB36khHrrMphAurIKB
            9rCJSHipCf0qAIW5qAIFAiEA5wkqozn94KUk8rFM8i32v6uD7f3vPJtjLEeO+2yB
            YvI=
            -----END CERTIFICATE REQUEST-----
            """;

        AssertRefused(CsrCheck.KeyType, "The key is neither RSA nor EC on a named curve.", Csr);
    }

    [Fact]
    public void A00_FR_503_An_EC_key_of_192_bits_is_refused()
    {
        // Of openssl req: this platform makes no such key, and may not be able to read it either.
        const string Csr = """
            -----BEGIN CERTIFICATE REQUEST-----
            MIHHMH8CAQAwLTEZMBcGA1UECgwQRXhhbXBsZSBDaGFyZ2luZzEQMA4GA1UEAwwH
            RVgtMDAwMTBJMBMGByqGSM49AgEGCCqGSM49AwEBAzIABLdjs3fGuWqfqiW7jZVg
            5x3tpvkV6nOajhrFxpFMOP4+TW3Cbf7wAk3VBV5WqSH/UaAAMAoGCCqGSM49BAMC
            AzgAMDUCGCS/wHWkn8FInkrPMLkbIv1v53cP3zwKywIZALoSuNIIiViteSvsm9Hr
            qfX5FaWYNioddQ==
            -----END CERTIFICATE REQUEST-----
            """;

        CsrEvaluation verdict = s_policy.Evaluate(Csr, TestCsr.SerialNumber);

        Assert.False(verdict.IsAccepted);
        Assert.Contains(verdict.Refusals, finding => finding.Check is CsrCheck.KeySize or CsrCheck.KeyType);
    }

    [Fact]
    public void A_CSR_with_any_byte_changed_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = TestCsr.Request(key);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity());
        byte[] der = request.CreateSigningRequest();

        for (int i = 0; i < der.Length; i++)
        {
            byte[] changed = [.. der];
            changed[i] ^= 1;
            Assert.False(s_policy.Evaluate(TestCsr.Pem(changed), TestCsr.SerialNumber).IsAccepted);
        }
    }

    [Fact]
    public void An_Ed25519_key_is_refused()
    {
        const string Csr = """
            -----BEGIN CERTIFICATE REQUEST-----
            MIGsMGACAQAwLTEZMBcGA1UECgwQRXhhbXBsZSBDaGFyZ2luZzEQMA4GA1UEAwwH
            RVgtMDAwMTAqMAUGAytlcAMhAMt1OZYynSXX1PLFTr2VxTnjMFb0r1OZnrQycf55
            O+iBoAAwBQYDK2VwA0EABBwrKt+NBIJbuyrytP8fyHigAC2E8hEgBdSBslH1XY4y
            fYLbSPwkkNl8J14q1O0rTzCet/28IYbU+ocT76wnCw==
            -----END CERTIFICATE REQUEST-----
            """;

        CsrEvaluation verdict = s_policy.Evaluate(Csr, TestCsr.SerialNumber);

        Assert.Equal(
            [CsrCheck.Signature, CsrCheck.SignatureHash, CsrCheck.KeyType],
            verdict.Refusals.Select(finding => finding.Check)
        );
    }

    [Fact]
    public void A00_FR_506_A_CSR_that_is_signed_with_SHA_1_is_refused() =>
        AssertRefused(
            CsrCheck.SignatureHash,
            "The CSR is not signed with SHA-256 or a longer hash of that family.",
            TestCsr.SignedWithSha1()
        );

    [Fact]
    public void A00_FR_509_An_O_that_is_not_the_operator_is_refused() =>
        AssertRefused(
            CsrCheck.Organization,
            "The subject's O is not the operator's name.",
            TestCsr.Pem(organization: "Another Operator")
        );

    [Fact]
    public void A_CN_that_is_another_stations_is_refused() =>
        AssertRefused(
            CsrCheck.CommonName,
            "The subject's CN is not the serial number of the station that sent the CSR.",
            TestCsr.Pem(commonName: "EX-0002")
        );

    [Fact]
    public void A_second_CN_does_not_hide_behind_the_first()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName("EX-0002");
        subject.AddCommonName(TestCsr.SerialNumber);
        subject.AddOrganizationName(TestCsr.OrganizationName);
        string csr = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

        AssertRefused(CsrCheck.CommonName, "The subject has more than one CN.", csr);
    }

    [Theory]
    [InlineData("https://station.example.com")]
    [InlineData("wss://station")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.1:8080")]
    [InlineData("2001:db8::1")]
    [InlineData("[2001:db8::1]:443")]
    public void A00_FR_511_A_CN_that_is_a_URL_or_an_IP_address_is_refused(string commonName)
    {
        CsrEvaluation verdict = s_policy.Evaluate(TestCsr.Pem(commonName: commonName), commonName);

        Assert.Equal(
            [new CsrFinding(CsrCheck.CommonNameForm, "The subject's CN is a URL or an IP address.")],
            verdict.Refusals
        );
    }

    [Theory]
    [InlineData("123456789")]
    [InlineData("1.2")]
    [InlineData("CS|01")]
    [InlineData("00:11:22:33:44:55")]
    public void A_serial_number_that_only_resembles_an_address_is_accepted(string commonName) =>
        Assert.Equal("Accepted.", s_policy.Evaluate(TestCsr.Pem(commonName: commonName), commonName).ToString());

    [Fact]
    public void Trailing_data_within_the_PEM_block_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] der = TestCsr.Request(key).CreateSigningRequest();

        AssertRefused(
            CsrCheck.Form,
            "The CSR is followed by 2 bytes within its PEM block.",
            TestCsr.Pem([.. der, 0, 0])
        );
    }

    [Fact]
    public void Text_after_the_PEM_block_is_refused() =>
        AssertRefused(CsrCheck.OtherText, "There is other text around the CSR's PEM block.", TestCsr.Pem() + "\nmore");

    [Fact]
    public void White_space_around_the_PEM_block_is_accepted() =>
        Assert.Equal(
            "Accepted.",
            s_policy
                .Evaluate("\r\n" + TestCsr.Pem().ReplaceLineEndings("\r\n") + "\r\n\r\n", TestCsr.SerialNumber)
                .ToString()
        );

    [Fact]
    public void Two_CSRs_are_refused() =>
        AssertRefused(
            CsrCheck.SingleRequest,
            "There is more than one PEM block: it is not clear which is meant.",
            $"{TestCsr.Pem()}\n{TestCsr.Pem()}"
        );

    [Fact]
    public void Csr_longer_than_5500_is_refused_as_too_large()
    {
        string csr = TestCsr.Pem();
        csr += new string('\n', CertificateSigningRequest.MaxLength + 1 - csr.Length);

        CsrEvaluation verdict = s_policy.Evaluate(csr, TestCsr.SerialNumber);

        Assert.Equal(
            [new CsrFinding(CsrCheck.Length, "The CSR has 5501 characters; at most 5500 are allowed.")],
            verdict.Refusals
        );
        Assert.Equal("TooLargeElement", verdict.Rejection?.ReasonCode);
    }

    [Fact]
    public void Every_refusal_is_told_the_operator_and_the_first_the_station()
    {
        using var key = RSA.Create(1024);
        CsrEvaluation verdict = s_policy.Evaluate(
            TestCsr.Request(key, "EX-0002", "Another Operator").CreateSigningRequestPem(),
            TestCsr.SerialNumber
        );

        Assert.Equal(
            "Refused. The RSA key has 1024 bits; at least 2048 are asked for. The subject's O is not the operator's "
                + "name. "
                + "The subject's CN is not the serial number of the station that sent the CSR.",
            verdict.ToString()
        );
        Assert.Equal(
            new RejectionReason("InvalidCSR", "The RSA key has 1024 bits; at least 2048 are asked for."),
            verdict.Rejection
        );
    }

    [Fact]
    public void A_tolerated_check_reports_and_accepts()
    {
        CsrPolicy policy = s_policy with { Tolerated = new HashSet<CsrCheck> { CsrCheck.Organization } };

        CsrEvaluation verdict = policy.Evaluate(TestCsr.Pem(organization: "Another Operator"), TestCsr.SerialNumber);

        Assert.True(verdict.IsAccepted);
        Assert.Equal("Accepted. Tolerated: The subject's O is not the operator's name.", verdict.ToString());
    }

    [Theory]
    [InlineData(CsrCheck.Pem)]
    [InlineData(CsrCheck.Request)]
    [InlineData(CsrCheck.SingleRequest)]
    [InlineData(CsrCheck.SubjectText)]
    public void What_cannot_be_read_cannot_be_tolerated(CsrCheck check) =>
        Assert.Throws<ArgumentException>(() => s_policy with { Tolerated = new HashSet<CsrCheck> { check } });

    [Fact]
    public void Every_reason_code_fits_into_a_status_info() =>
        Assert.All(
            Enum.GetValues<CsrCheck>(),
            check => Assert.InRange(new CsrFinding(check, "").ReasonCode.Length, 1, StatusInfoType.ReasonCodeMaxLength)
        );

    [Theory]
    [InlineData("DE*EXA*E0001*1", "DE", "CPO", "Accepted.")]
    [InlineData("de*exa*e0001*1", null, null, "Accepted.")]
    [InlineData("EX-0001", "DE", "CPO", "Refused. The subject's CN is not a SECC id of the station that sent the CSR.")]
    [InlineData("DE*EXA*E0001*1", "NL", "CPO", "Refused. The subject's C is not the country of the station.")]
    [InlineData("DE*EXA*E0001*1", "DE", "EMP", "Refused. The subject's DC is not CPO.")]
    public void A_V2G_CSR_is_judged_by_SECC_id_country_and_DC(
        string commonName,
        string? country,
        string? domainComponent,
        string expected
    )
    {
        SigningStation station = new()
        {
            Names = [TestCsr.SerialNumber],
            SeccIds = ["DE*EXA*E0001*1"],
            CountryName = "DE",
        };
        string csr = V2GCsr(commonName, TestCsr.OrganizationName, country, domainComponent);

        Assert.Equal(expected, s_policy.Evaluate(csr, CertificateUses.Iso15118, station).ToString());
    }

    [Fact]
    public void A_V2G_CSR_has_the_O_of_ISO15118Ctrlr_and_the_station_CSR_that_of_SecurityCtrlr()
    {
        CsrPolicy policy = s_policy with { V2GOrganizationName = "Example V2G" };
        SigningStation station = new() { Names = [TestCsr.SerialNumber] };
        string v2g = V2GCsr(TestCsr.SerialNumber, "Example V2G", "DE", "CPO");

        Assert.Equal("Accepted.", policy.Evaluate(v2g, CertificateUses.Iso15118, station).ToString());
        Assert.Equal(
            "Refused. The subject's O is not the operator's name.",
            policy.Evaluate(TestCsr.Pem(), CertificateUses.Iso15118, station).ToString()
        );
        Assert.Equal(
            "Refused. The subject's O is not the operator's name. The subject has DC, which is not allowed.",
            policy.Evaluate(v2g, CertificateUses.CsmsConnection, station).ToString()
        );
    }

    [Fact]
    public void A_combined_CSR_has_the_serial_number_and_may_have_C_and_DC()
    {
        SigningStation station = new() { Names = [TestCsr.SerialNumber], SeccIds = ["DE*EXA*E0001*1"] };

        Assert.Equal(
            "Accepted.",
            s_policy
                .Evaluate(
                    V2GCsr(TestCsr.SerialNumber, TestCsr.OrganizationName, "DE", "CPO"),
                    CertificateUses.Combined,
                    station
                )
                .ToString()
        );
        Assert.Equal(
            "Refused. The subject's CN is not the serial number of the station that sent the CSR.",
            s_policy
                .Evaluate(
                    V2GCsr("DE*EXA*E0001*1", TestCsr.OrganizationName, "DE", "CPO"),
                    CertificateUses.Combined,
                    station
                )
                .ToString()
        );
    }

    [Theory]
    [InlineData(3, "The RSA key's exponent is less than 65537.")]
    [InlineData(17, "The RSA key's exponent is less than 65537.")]
    [InlineData(65538, "The RSA key's exponent is even or too long.")]
    public void An_RSA_key_with_a_poor_exponent_is_refused(int exponent, string reason)
    {
        using var key = RSA.Create(2048);
        BigInteger modulus = new(key.ExportParameters(false).Modulus!, isUnsigned: true, isBigEndian: true);

        Assert.Equal(reason, new RsaNumbers(modulus, exponent).FindWeakness());
        Assert.Null(new RsaNumbers(modulus, 65537).FindWeakness());
    }

    [Fact]
    public void An_RSA_modulus_with_factors_that_are_cheap_to_find_is_refused()
    {
        BigInteger p = BigInteger.Pow(2, 1279) - 1; // a Mersenne prime
        BigInteger other = BigInteger.Pow(2, 2203) - 1;

        Assert.Null(new RsaNumbers(p * other, 65537).FindWeakness());
        Assert.Equal(
            "The RSA key's modulus is not an odd positive number.",
            new RsaNumbers(2 * p * other, 65537).FindWeakness()
        );
        Assert.Equal("The RSA key's modulus is not an odd positive number.", new RsaNumbers(-p, 65537).FindWeakness());
        Assert.Equal(
            "The RSA key's modulus has a small factor.",
            new RsaNumbers(65521 * p * other, 65537).FindWeakness()
        );
        Assert.Equal("The RSA key's modulus has a small factor.", new RsaNumbers(3 * p * other, 65537).FindWeakness());
        const string Close = "The RSA key's modulus has two factors that are the same or close together.";
        Assert.Equal(Close, new RsaNumbers(p * p, 65537).FindWeakness());
        Assert.Contains(
            Close,
            Enumerable.Range(1, 200).Select(i => new RsaNumbers(other * (other + (2 * i)), 65537).FindWeakness())
        );
    }

    [Fact]
    public void Primes_of_a_generator_that_is_known_to_be_weak_are_found()
    {
        // k * M + (65537^a mod M), as CVE-2017-15361 has it; that these are no primes makes no difference to the check.
        int[] primes =
        [
            3,
            5,
            7,
            11,
            13,
            17,
            19,
            23,
            29,
            31,
            37,
            41,
            43,
            47,
            53,
            59,
            61,
            67,
            71,
            73,
            79,
            83,
            89,
            97,
            101,
            103,
            107,
            109,
            113,
            127,
            131,
            137,
            139,
            149,
            151,
            157,
            163,
            167,
        ];
        BigInteger product = primes.Aggregate(BigInteger.One, (all, one) => all * one);
        BigInteger Prime(int bits, int a) =>
            (BigInteger.Pow(2, bits) * product) + BigInteger.ModPow(65537, a, product) is var prime && prime.IsEven
                ? prime + product
                : prime;

        Assert.Contains(
            "The RSA key's primes come from a generator that is known to be weak (CVE-2017-15361).",
            Enumerable.Range(1, 200).Select(a => new RsaNumbers(Prime(800, a) * Prime(810, a), 65537).FindWeakness())
        );
    }

    [Fact]
    public void A_CSR_of_a_weak_RSA_key_has_a_finding_of_its_own()
    {
        using var good = RSA.Create(2048);
        RSAParameters parameters = good.ExportParameters(false);
        parameters.Exponent = [3];
        using var weak = RSA.Create(parameters);
        var request = new CertificateRequest(TestCsr.Subject(), new PublicKey(weak), HashAlgorithmName.SHA256);
        byte[] der = request.CreateSigningRequest(X509SignatureGenerator.CreateForRSA(good, RSASignaturePadding.Pkcs1));
        CsrPolicy policy = s_policy with { Tolerated = new HashSet<CsrCheck> { CsrCheck.Signature } };

        Assert.Equal(
            [new CsrFinding(CsrCheck.KeyWeakness, "The RSA key's exponent is less than 65537.")],
            policy.Evaluate(TestCsr.Pem(der), TestCsr.SerialNumber).Refusals
        );
    }

    private static string V2GCsr(string commonName, string organization, string? country, string? domainComponent)
    {
        using KeyPair key = KeyPair.Create(StationKeyAlgorithm.EcP256);
        return CsrBuilder
            .Build(
                key,
                new CertificateSubject
                {
                    Organization = organization,
                    CommonName = commonName,
                    Country = country,
                    DomainComponent = domainComponent,
                }
            )
            .ToPem();
    }

    private static void AssertRefused(CsrCheck check, string reason, string csr, CsrPolicy? policy = null)
    {
        CsrEvaluation verdict = (policy ?? s_policy).Evaluate(csr, TestCsr.SerialNumber);

        Assert.False(verdict.IsAccepted);
        Assert.Equal([new CsrFinding(check, reason)], verdict.Refusals);
        Assert.Empty(verdict.Tolerated);
        Assert.Equal(new RejectionReason("InvalidCSR", reason), verdict.Rejection);
    }

    private static X509Extension AlternativeName()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("csms.example.com");
        return names.Build();
    }
}

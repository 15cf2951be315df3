using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Tests;

/// <summary>A02.FR.03 and A00.FR.502 to .514: what the station's CSR is like.</summary>
public sealed class CsrBuilderTests : IDisposable
{
    private readonly KeyPair _key = KeyPair.Create(StationKeyAlgorithm.EcP256);

    [Fact]
    public void A02_FR_03_A_CSR_has_O_A00_FR_509_CN_A00_FR_511_SHA_256_A00_FR_506_and_no_extension_A00_FR_514()
    {
        CertificateSigningRequest csr = TestCsr.Read(CsrBuilder.Build(_key, "Example Charging", "EX-0001").ToPem());

        Assert.Equal(
            ["O=Example Charging", "CN=EX-0001"],
            csr.Subject.Attributes.Select(one => $"{one.DisplayName}={one.Value}")
        );
        Assert.Equal(_key.Id, csr.KeyId);
        Assert.Equal(256, csr.KeySize);
        Assert.True(csr.IsSignatureValid);
        Assert.True(csr.Signature.IsStrong);
        Assert.Empty(csr.RequestedExtensions);
    }

    [Theory]
    [InlineData("https://station.example.com")]
    [InlineData("192.0.2.1")]
    public void A00_FR_511_A_URL_or_an_IP_address_is_refused_as_CN(string serialNumber)
    {
        var e = Assert.Throws<ArgumentException>(() => CsrBuilder.Build(_key, "Example Charging", serialNumber));

        Assert.Equal("CN must be neither a URL nor an IP address (A00.FR.511). (Parameter 'CommonName')", e.Message);
    }

    [Theory]
    [InlineData("", "EX-0001", "Organization")]
    [InlineData("Example Charging", " ", "CommonName")]
    public void An_empty_name_is_refused(string organization, string serialNumber, string parameter) =>
        Assert.Throws<ArgumentException>(parameter, () => CsrBuilder.Build(_key, organization, serialNumber));

    [Fact]
    public void The_CSR_of_a_V2G_certificate_has_C_O_the_SECC_id_as_CN_and_DC()
    {
        CertificateSigningRequest csr = CsrBuilder.Build(
            _key,
            new CertificateSubject
            {
                Organization = "Example Charging",
                CommonName = "DE*EXA*E0001*1",
                Country = "DE",
                DomainComponent = CertificateSubject.ChargePointOperator,
            }
        );

        Assert.Equal(
            ["C=DE", "O=Example Charging", "CN=DE*EXA*E0001*1", "DC=CPO"],
            csr.Subject.Attributes.Select(one => $"{one.DisplayName}={one.Value}")
        );
    }

    [Theory]
    [InlineData("Germany", "CPO", "Country")]
    [InlineData("D1", "CPO", "Country")]
    [InlineData("DE", "", "DomainComponent")]
    [InlineData("DE", "\u00fc", "DomainComponent")]
    [InlineData("DE", "C\0", "DomainComponent")]
    public void A_C_or_DC_of_another_form_is_refused(string country, string domainComponent, string parameter) =>
        Assert.Throws<ArgumentException>(
            parameter,
            () =>
                CsrBuilder.Build(
                    _key,
                    new CertificateSubject
                    {
                        Organization = "o",
                        CommonName = "c",
                        Country = country,
                        DomainComponent = domainComponent,
                    }
                )
        );

    [Fact]
    public void A_name_of_more_than_64_characters_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => CsrBuilder.Build(_key, new string('o', 65), "EX-0001"));

        Assert.Equal("65 characters; a subject takes 64. (Parameter 'Organization')", e.Message);
    }

    [Fact]
    public void A_key_whose_CSR_would_be_longer_than_5500_characters_is_refused()
    {
        using var key = new LongKey();

        var e = Assert.Throws<ArgumentException>(() => CsrBuilder.Build(key, "Example Charging", "EX-0001"));

        Assert.Matches(@"^The CSR has \d{4,5} characters; OCPP carries 5500\. \(Parameter 'key'\)$", e.Message);
    }

    public void Dispose() => _key.Dispose();

    /// <summary>A key with a signature of 5000 bytes, as post-quantum ones have.</summary>
    private sealed class LongKey : IStationKey
    {
        private readonly KeyPair _inner = KeyPair.Create(StationKeyAlgorithm.EcP256);

        public PublicKeyId Id => _inner.Id;

        public PublicKey PublicKey => _inner.PublicKey;

        public X509SignatureGenerator SignatureGenerator => new Generator(_inner);

        public X509Certificate2 UseForTls(X509Certificate2 certificate) => _inner.UseForTls(certificate);

        public void Dispose() => _inner.Dispose();

        private sealed class Generator(KeyPair key) : X509SignatureGenerator
        {
            public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
                key.SignatureGenerator.GetSignatureAlgorithmIdentifier(hashAlgorithm);

            public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => new byte[5000];

            protected override PublicKey BuildPublicKey() => key.PublicKey;
        }
    }
}

using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Tests;

/// <summary>CertificateHashDataType of a root. The hashes were computed by <c>openssl ocsp</c>.</summary>
public sealed class CertificateHashTests
{
    private const string Root = """
        -----BEGIN CERTIFICATE-----
        MIIBqTCCAU+gAwIBAgIEAKGywzAKBggqhkjOPQQDAjAyMQswCQYDVQQGEwJOTDEQ
        MA4GA1UECgwHRXhhbXBsZTERMA8GA1UEAwwIVjJHIFJvb3QwHhcNMjYxMTI3MDYy
        NTUzWhcNNDYxMTIyMDYyNTUzWjAyMQswCQYDVQQGEwJOTDEQMA4GA1UECgwHRXhh
        bXBsZTERMA8GA1UEAwwIVjJHIFJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
        AATGTztUfDLcwe229JX5g2EIqRAz+8aQU3ju9VDlhNpljQtSNR2MlhBDW0VRbJcY
        3SgWZ+VKQ0uUe+//fafuJXwGo1MwUTAdBgNVHQ4EFgQULJNPTFcm5ciJ44h5qGUz
        V3AQIp8wHwYDVR0jBBgwFoAULJNPTFcm5ciJ44h5qGUzV3AQIp8wDwYDVR0TAQH/
        BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA6Ua2FjNG4vXFC3voeK0TbRLT5feA
        pkJVytbaHMb1OU4CIHEpA9pmvyeatTVyuo7Pd1fJnvsohaHbmzaUn+hZZefc
        -----END CERTIFICATE-----
        """;

    private static readonly CertificateHash s_sha256 = new(
        "SHA256",
        "84d5cc75885dd5cb9e5d07d3ce4bb5e8cc9696e224cfc5b55cde960226ef8ba8",
        "0b7064601bb793e620a2b32f61a4730df1770b2c393e491a9ec0663c1c0193b3",
        "a1b2c3"
    );

    private static readonly CertificateHash s_sha512 = new(
        "SHA512",
        "A56080540D65C04BD40AE00686882BB3DFF7175826171A7445C1B7F133119589737E46"
            + "60A091C689D84E09FDE8736DE186CF4C1059F53DFFA41A5D787222BA5E",
        "C7FEA9C610D8847BB1724B833014A32E0C0033F7EB844DC801BF018F9A9B17C93E3E9D"
            + "D47792B9610928465515C49F94CC7CAD016925A8EFB8335CAF9D7EDFC5",
        "00A1B2C3"
    );

    private readonly X509Certificate2 _root = X509Certificate2.CreateFromPem(Root);

    [Fact]
    public void The_hash_of_a_root_is_that_of_RFC_6960_with_SHA_256() =>
        Assert.Equal(s_sha256, CertificateHash.OfRoot(_root));

    [Fact]
    public void A_hash_matches_its_root_in_each_algorithm_and_spelling()
    {
        Assert.True(s_sha256.Matches(_root));
        Assert.True(s_sha512.Matches(_root));
    }

    [Fact]
    public void A_hash_that_differs_anywhere_does_not_match() =>
        Assert.All(
            [
                s_sha256 with
                {
                    HashAlgorithm = "MD5",
                },
                s_sha256 with
                {
                    HashAlgorithm = "SHA384",
                },
                s_sha256 with
                {
                    IssuerNameHash = s_sha256.IssuerKeyHash,
                },
                s_sha256 with
                {
                    IssuerKeyHash = s_sha256.IssuerNameHash,
                },
                s_sha256 with
                {
                    SerialNumber = "a1b2c4",
                },
            ],
            (CertificateHash hash) => Assert.False(hash.Matches(_root))
        );
}

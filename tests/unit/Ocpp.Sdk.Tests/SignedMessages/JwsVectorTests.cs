using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.SignedMessages;
using static Ocpp.Tests.SignedMessages.SignatureCertificates;

namespace Ocpp.Tests.SignedMessages;

/// <summary>The examples of RFC 7515, appendix A, and the signer.</summary>
public sealed class JwsVectorTests
{
    private const string Payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    [Fact]
    public void The_example_of_RS256_verifies_and_a_changed_one_does_not()
    {
        using var key = RSA.Create(
            new RSAParameters
            {
                Modulus = TestJws.Decode(
                    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJ"
                        + "PMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0"
                        + "LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uD"
                        + "Zlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2"
                        + "PAcDTW9gb54h4FRWyuXpoQ"
                ),
                Exponent = [1, 0, 1],
            }
        );
        AssertVerifies(
            OcppSignatureAlgorithm.RS256,
            Of(new PublicKey(key)),
            "eyJhbGciOiJSUzI1NiJ9",
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF"
                + "5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK"
                + "5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqt"
                + "FZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
                + "p0igcN_IoypGlUPQGe77Rw"
        );
    }

    [Fact]
    public void The_example_of_ES256_verifies_and_a_changed_one_does_not()
    {
        using var key = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = TestJws.Decode("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                    Y = TestJws.Decode("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
                },
            }
        );
        AssertVerifies(
            OcppSignatureAlgorithm.ES256,
            Of(new PublicKey(key)),
            "eyJhbGciOiJFUzI1NiJ9",
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        );
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("A+z/", "QSt6Lw")]
    [InlineData("\u0003\u00EC\u00FF\u00E0\u00C1", "A-z_4ME")]
    public void Base64url_has_no_padding_and_an_alphabet_of_its_own(string latin1, string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(latin1);
        Assert.Equal(text, Base64Url.Encode(bytes));
        Assert.True(Base64Url.TryDecode(text, out byte[]? decoded));
        Assert.Equal(bytes, decoded);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AB")]
    [InlineData("AAB")]
    [InlineData("AA==")]
    [InlineData("A A A")]
    [InlineData("AA\n")]
    [InlineData("A+z/")]
    [InlineData("AAAA====")]
    [InlineData("=")]
    [InlineData("\u0100AAA")]
    public void What_Base64url_would_not_write_is_not_read(string text) =>
        Assert.False(Base64Url.TryDecode(text, out _));

    [Fact]
    public void A_signer_takes_the_algorithm_of_its_key()
    {
        Assert.Equal(OcppSignatureAlgorithm.ES256, new OcppCertificateSigner(P256).Algorithm);
        Assert.Equal(OcppSignatureAlgorithm.RS256, new OcppCertificateSigner(Rsa).Algorithm);
        Assert.Equal(
            OcppSignatureAlgorithm.RS384,
            new OcppCertificateSigner(Rsa, OcppSignatureAlgorithm.RS384).Algorithm
        );
        Assert.Same(P256, new OcppCertificateSigner(P256).Certificate);
    }

    [Fact]
    public void A_signer_refuses_a_certificate_that_can_not_sign()
    {
        using X509Certificate2 publicOnly = X509Certificate2.CreateFromPem(P256.ExportCertificatePem());
        Assert.Throws<ArgumentException>("certificate", () => new OcppCertificateSigner(publicOnly));
        Assert.Throws<ArgumentException>("certificate", () => new OcppCertificateSigner(Brainpool));
        Assert.Throws<ArgumentException>("certificate", () => new OcppCertificateSigner(P384));
        Assert.Throws<ArgumentException>("certificate", () => new OcppCertificateSigner(ShortRsa));
        Assert.Throws<ArgumentException>(
            "certificate",
            () => new OcppCertificateSigner(P256, OcppSignatureAlgorithm.RS256)
        );
        Assert.Throws<ArgumentException>(
            "certificate",
            () => new OcppCertificateSigner(Rsa, OcppSignatureAlgorithm.ES256)
        );
        Assert.Throws<ArgumentNullException>("certificate", () => new OcppCertificateSigner(null!));
    }

    private static void AssertVerifies(
        OcppSignatureAlgorithm algorithm,
        X509Certificate2 certificate,
        string header,
        string signature
    )
    {
        using X509Certificate2 vector = certificate;
        Assert.True(SignatureKey.IsFor(algorithm, vector));
        byte[] data = Encoding.ASCII.GetBytes($"{header}.{Payload}");
        byte[] right = TestJws.Decode(signature);
        Assert.True(SignatureKey.Verifies(algorithm, vector, data, right));

        data[^1] ^= 1;
        Assert.False(SignatureKey.Verifies(algorithm, vector, data, right));
        data[^1] ^= 1;
        right[0] ^= 1;
        Assert.False(SignatureKey.Verifies(algorithm, vector, data, right));
    }
}

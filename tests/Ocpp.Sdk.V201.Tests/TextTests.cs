using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>What a record says of itself, in a debugger or a test's message.</summary>
public class TextTests
{
    [Fact]
    public void A_record_is_its_name_and_its_json()
    {
        var request = new SignCertificateRequest { Csr = "pem", CertificateType = CertificateSigningUseEnumType.V2GCertificate };

        Assert.Equal("""SignCertificateRequest {"csr":"pem","certificateType":"V2GCertificate"}""", request.ToString());
    }

    [Fact]
    public void A_record_that_can_not_be_sent_says_all_that_is_wrong()
    {
        var request = new SignCertificateRequest { Csr = new string('x', 5501), CertificateType = (CertificateSigningUseEnumType)7 };

        Assert.Equal($"SignCertificateRequest (invalid: {string.Join("; ", request.Validate())})", request.ToString());
        Assert.Equal(2, request.Validate().Count);
    }
}

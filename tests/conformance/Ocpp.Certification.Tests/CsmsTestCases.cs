using Ocpp.Certificates;

namespace Ocpp.Certification.Tests;

/// <summary>Certification test cases for a CSMS that cover certificate signing (OCPP 2.0.1 part 6).</summary>
public sealed class CsmsTestCases() : CsmsTestCase(TestMessages.V201)
{
    [Fact]
    public Task TC_A_11_CSMS_Charging_station_certificate_by_request_of_the_CSMS() => OwnCertificateAsync();

    [Fact]
    public Task A05_A_station_whose_profile_was_raised_with_its_certificate_gets_in_with_it_not_with_its_password() =>
        RaisedProfileAsync();

    [Fact]
    public Task TC_A_12_CSMS_V2G_certificate_by_request_of_the_CSMS() =>
        CertificateAsync(CertificateUses.Iso15118, "V2GCertificate", "SignV2GCertificate", ServerAuthentication);

    [Fact]
    public Task TC_A_13_CSMS_Combined_certificate_by_request_of_the_CSMS() =>
        CertificateAsync(
            CertificateUses.Combined,
            certificateType: null,
            "SignCombinedCertificate",
            ClientAuthentication,
            ServerAuthentication
        );

    [Fact]
    public Task TC_A_14_CSMS_The_station_rejects_the_certificate() => RejectedAsync();
}

using Ocpp.Certificates;

namespace Ocpp.Certification.Tests;

/// <summary>
/// Certification test cases for a CSMS that cover certificate signing (OCPP 2.1 part 6). Each SignCertificate has a
/// request id, which CertificateSigned returns (A02.FR.24, A02.FR.25).
/// </summary>
public sealed class Csms21TestCases() : CsmsTestCase(TestMessages.V21)
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
    public Task A02_FR_23_V2G20_certificate_by_request_of_the_CSMS() =>
        CertificateAsync(
            CertificateUses.Iso15118Part20,
            "V2G20Certificate",
            "SignV2G20Certificate",
            ServerAuthentication
        );

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

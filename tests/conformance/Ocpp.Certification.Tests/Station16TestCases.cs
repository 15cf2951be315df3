namespace Ocpp.Certification.Tests;

/// <summary>
/// Certification test cases for a charge point that cover certificate signing, of the compliancy testing tool for OCPP
/// 1.6 with its security extension; and what that tool does not test.
/// </summary>
public sealed class Station16TestCases() : StationTestCase(TestMessages.V16)
{
    [Fact]
    public Task TC_074_CS_Charge_point_certificate_by_request_of_the_central_system() => OwnCertificateAsync();

    [Fact]
    public Task TC_074_CS_A_renewal_replaces_the_certificate_and_destroys_its_key() => RenewalAsync();

    [Fact]
    public Task TC_077_CS_An_invalid_certificate_is_Rejected_and_reported_as_a_security_event() =>
        InvalidCertificateAsync();

    [Fact]
    public Task A_rejected_SignCertificate_ends_the_request() => RejectedRequestAsync();

    [Fact]
    public Task Without_CertificateSigned_the_station_asks_again_with_doubled_waits_until_it_stops() =>
        NoCertificateAsync();
}

namespace Ocpp.Certification.Tests;

/// <summary>
/// Certification test cases for a charging station that cover certificate signing (OCPP 2.0.1 part 6).
/// </summary>
public sealed class StationTestCases() : StationTestCase(TestMessages.V201)
{
    [Fact]
    public Task TC_A_11_CS_Charging_station_certificate_by_request_of_the_CSMS() => OwnCertificateAsync();

    [Fact]
    public Task TC_A_11_CS_A_renewal_replaces_the_certificate_and_destroys_its_key() => RenewalAsync();

    [Fact]
    public Task TC_A_14_CS_An_invalid_certificate_is_Rejected_and_reported_as_a_security_event() =>
        InvalidCertificateAsync();

    [Fact]
    public Task TC_A_15_CS_A_rejected_SignCertificate_ends_the_request() => RejectedRequestAsync();

    [Fact]
    public Task TC_A_23_CS_Without_CertificateSigned_the_station_asks_again_with_doubled_waits_until_it_stops() =>
        NoCertificateAsync();
}

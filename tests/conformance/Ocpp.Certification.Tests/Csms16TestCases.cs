namespace Ocpp.Certification.Tests;

/// <summary>
/// Certification test cases for a central system that cover certificate signing, of the compliancy testing tool for
/// OCPP 1.6 with its security extension.
/// </summary>
public sealed class Csms16TestCases() : CsmsTestCase(TestMessages.V16)
{
    [Fact]
    public Task TC_074_CSMS_Charge_point_certificate_by_request_of_the_central_system() => OwnCertificateAsync();

    [Fact]
    public Task A_station_whose_profile_was_raised_when_its_certificate_was_delivered_gets_in_with_it_and_not_with_its_password() =>
        RaisedProfileAsync();

    [Fact]
    public Task TC_077_CSMS_The_charge_point_rejects_the_certificate() => RejectedAsync();
}

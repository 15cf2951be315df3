using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class ClientCertificateTests : IDisposable
{
    private readonly Authority _root = new("Operator Root");
    private readonly StationList _stations = new()
    {
        ["CS-1"] = new OcppStation(),
        ["CS-2"] = new OcppStation { SerialNumber = "SN 0042" },
    };

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("CS-1", "O=Example Charging, CN=CS-1")]
    [InlineData("CS-2", "CN=SN 0042, OU=Depot, O=Example Charging, C=NL")]
    public async Task A_station_with_its_certificate_is_let_in(string path, string subject)
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync(path, With(_root.Issue(subject))));
    }

    [Theory]
    [InlineData("CS-1", "O=Example Charging, CN=SN 0042")]
    [InlineData("CS-2", "O=Example Charging, CN=CS-2")]
    [InlineData("CS-1", "O=Other Charging, CN=CS-1")]
    [InlineData("CS-1", "CN=CS-1")]
    [InlineData("CS-1", "O=Example Charging")]
    [InlineData("CS-1", "O=Example Charging, CN=CS-1, CN=SN 0042")]
    [InlineData("CS-1", "O=Example Charging, O=Other Charging, CN=CS-1")]
    [InlineData("CS-1", "CN=\"CS-1, O=Example Charging\"")]
    public async Task A00_FR_404_A_certificate_of_another_operator_or_station_A00_FR_405_is_refused(string path, string subject)
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync(path, With(_root.Issue(subject))));
    }

    [Fact]
    public async Task A_certificate_of_another_root_is_refused()
    {
        using var other = new Authority("Operator Root");
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync("CS-1", With(other.Issue("O=Example Charging, CN=CS-1"))));
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_refused()
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync("CS-1", With(_root.Issue("O=Example Charging, CN=CS-1", daysLeft: -1))));
    }

    [Fact]
    public async Task A_certificate_leads_to_the_root_by_an_authority_that_the_operator_names()
    {
        using var intermediate = new Authority("Operator Stations", _root);
        using X509Certificate2 certificate = intermediate.Issue("O=Example Charging, CN=CS-1");
        await using Csms without = await StartAsync();
        await using Csms with = await StartAsync(options => options.Certificates.IntermediateCertificates.Add(intermediate.Certificate));

        Assert.Equal(HttpStatusCode.Forbidden, await without.StatusOfAsync("CS-1", With(certificate)));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await with.StatusOfAsync("CS-1", With(certificate)));
    }

    [Fact]
    public async Task Without_a_certificate_nobody_is_let_in()
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync("CS-1"));
    }

    [Fact]
    public async Task An_unknown_identity_is_not_found()
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, await csms.StatusOfAsync("CS-9", With(_root.Issue("O=Example Charging, CN=CS-9"))));
    }

    [Fact]
    public async Task Where_any_station_is_allowed_a_required_certificate_is_checked_all_the_same()
    {
        await using Csms csms = await StartAsync(anyStation: true);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-9", With(_root.Issue("O=Example Charging, CN=CS-9"))));
        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync("CS-8", With(_root.Issue("O=Example Charging, CN=CS-9"))));
        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync("CS-9"));
    }

    [Fact]
    public async Task Where_Basic_will_do_as_well_it_is_asked_for_after_a_wrong_certificate()
    {
        await using Csms csms = await StartAsync(profiles: [OcppSecurityProfile.ClientCertificate, OcppSecurityProfile.TlsBasic]);

        Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-2", With(_root.Issue("O=Example Charging, CN=CS-1"))));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", With(_root.Issue("O=Example Charging, CN=CS-1"))));
    }

    [Fact]
    public async Task Profile_3_without_roots_and_operator_is_an_error_at_the_start()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Csms.StartAsync(endpoint => endpoint.RequireProfile(OcppSecurityProfile.ClientCertificate)));

        Assert.Equal("Client certificates need OcppOptions.Certificates: TrustedRoots and OrganizationName.", exception.Message);
    }

    private static Action<ClientWebSocketOptions> With(X509Certificate2 certificate) => options =>
    {
        options.AddSubProtocol(Ocpp201Protocol.Instance.Subprotocol);
        options.ClientCertificates.Add(certificate);
    };

    private Task<Csms> StartAsync(
        Action<OcppOptions>? configure = null, OcppSecurityProfile[]? profiles = null, bool anyStation = false) => Csms.StartAsync(
        endpoint => endpoint.RequireProfile(profiles ?? [OcppSecurityProfile.ClientCertificate]),
        options =>
        {
            options.Certificates.TrustedRoots.Add(_root.Certificate);
            options.Certificates.OrganizationName = "Example Charging";
            configure?.Invoke(options);
        },
        anyStation ? null : _stations,
        _root.Issue("CN=localhost"));
}

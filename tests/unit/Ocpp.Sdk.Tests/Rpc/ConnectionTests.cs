using System.Net;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Rpc;

namespace Ocpp.Tests.Rpc;

public sealed class ConnectionTests
{
    [Fact]
    public void A_connection_as_text_has_its_profile_and_address() =>
        Assert.Equal(
            "security profile 2 from 203.0.113.7:51234",
            new OcppConnection
            {
                SecurityProfile = OcppSecurityProfile.TlsBasic,
                RemoteEndPoint = IPEndPoint.Parse("203.0.113.7:51234"),
            }.ToString()
        );

    [Fact]
    public void A_connection_of_which_nothing_is_known_has_no_profile() =>
        Assert.Equal("no security profile", OcppConnection.Unknown.ToString());

    [Theory]
    [InlineData("ws", false, false, false, null)]
    [InlineData("ws", true, false, false, OcppSecurityProfile.Basic)]
    [InlineData("wss", false, false, true, null)]
    [InlineData("wss", true, false, true, OcppSecurityProfile.TlsBasic)]
    [InlineData("wss", true, true, true, OcppSecurityProfile.ClientCertificate)]
    public void A_client_knows_how_its_options_connect(
        string scheme,
        bool hasPassword,
        bool hasCertificate,
        bool isEncrypted,
        OcppSecurityProfile? profile
    )
    {
        using var root = new TestAuthority("root");
        using X509Certificate2 certificate = root.Issue("CN=CS-1");
        var options = new OcppClientOptions
        {
            Url = new Uri($"{scheme}://csms.example.com/ocpp"),
            Identity = "CS-1",
            Password = hasPassword ? "0123456789abcdef" : null,
            ClientCertificate = hasCertificate ? certificate : null,
        };

        Assert.Equal(
            new OcppConnection
            {
                IsEncrypted = isEncrypted,
                SecurityProfile = profile,
                ClientCertificate = hasCertificate ? certificate : null,
            },
            options.Connection with
            {
                ConnectedAt = null,
            }
        );
    }

    [Theory]
    [InlineData("ws", OcppSecurityProfile.Basic)]
    [InlineData("wss", OcppSecurityProfile.TlsBasic)]
    public void An_authorization_key_is_a_password(string scheme, OcppSecurityProfile profile)
    {
        var options = new OcppClientOptions
        {
            Url = new Uri($"{scheme}://csms.example.com/ocpp"),
            Identity = "CS-1",
            AuthorizationKey = new byte[20],
        };

        Assert.Equal(profile, options.Connection.SecurityProfile);
    }
}

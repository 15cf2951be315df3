using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Authentication;
using Ocpp.AspNetCore.Tests.Running;

namespace Ocpp.AspNetCore.Tests;

public sealed class BasicAuthenticationTests
{
    private const string Password = "correct-horse-battery";
    private const string OtherPassword = "wrong-horse-battery!";

    private static readonly StationList s_stations = new()
    {
        new OcppStationAccount { Identity = "CS-1", PasswordHash = OcppPassword.Hash(Password, 1000) },
        new OcppStationAccount { Identity = "CS-2", PasswordHash = OcppPassword.Hash(OtherPassword, 1000) },
        new OcppStationAccount { Identity = "CS-3", AllowAnonymous = true },
        new OcppStationAccount { Identity = "CS-4", PasswordHash = OcppPassword.HashKey(Key, 1000) },
    };

    /// <summary>Neither UTF-8 nor free of NUL, control characters and colons.</summary>
    private const string KeyDigits = "00ff3a80c3280a0d097f61626364e282ac01fe3a";

    private static byte[] Key => Convert.FromHexString(KeyDigits);

    private static Action<ClientWebSocketOptions> With(string credentials) => WithHeader(HeaderOf(credentials));

    private static string HeaderOf(string credentials) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";

    private static Action<ClientWebSocketOptions> WithHeader(string header) =>
        options =>
        {
            options.AddSubProtocol("ocpp2.0.1");
            options.SetRequestHeader("Authorization", header);
        };

    [Theory]
    [InlineData("CS-1", "CS-1")]
    [InlineData("cs-1", "CS-1")]
    public async Task A_station_with_its_identity_and_password_is_let_in(string path, string userName)
    {
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.RequireProfile(OcppSecurityProfile.Basic),
            store: s_stations
        );

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync(path, With($"{userName}:{Password}")));
    }

    [Theory]
    [InlineData("CS-1:" + OtherPassword)]
    [InlineData("CS-2:" + OtherPassword)]
    [InlineData("CS-2:" + Password)]
    [InlineData("CS-1:")]
    [InlineData(":" + Password)]
    [InlineData("CS-1" + Password)]
    [InlineData("CS-1:" + Password + "\0")]
    [InlineData("CS-1\0:" + Password)]
    [InlineData("CS-1:" + Password + "\n")]
    public async Task Other_credentials_are_refused_with_a_challenge(string credentials)
    {
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.RequireProfile(OcppSecurityProfile.Basic),
            store: s_stations
        );

        using ClientWebSocket socket = await csms.OpenAsync("CS-1", With(credentials));

        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
        Assert.Equal(
            "Basic realm=\"OCPP\", charset=\"UTF-8\"",
            Assert.Single(socket.HttpResponseHeaders!["WWW-Authenticate"])
        );
        Assert.DoesNotContain(csms.Log.Of("Ocpp"), line => line.Contains("horse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_station_with_a_key_is_let_in_with_its_bytes_whatever_version_it_speaks()
    {
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.RequireProfile(OcppSecurityProfile.Basic),
            store: s_stations,
            protocols: [V201.Ocpp201Protocol.Instance, V21.Ocpp21Protocol.Instance]
        );

        foreach (
            OcppProtocol protocol in new OcppProtocol[] { V201.Ocpp201Protocol.Instance, V21.Ocpp21Protocol.Instance }
        )
        {
            await using var client = new OcppClient(
                protocol,
                new OcppClientOptions
                {
                    Url = csms.UrlOf(""),
                    Identity = "CS-4",
                    AuthorizationKey = Key,
                }
            );
            await client.ConnectAsync();

            OcppSession session = await csms.ConnectedAsync();
            Assert.Equal(("CS-4", protocol), (session.Identity, session.Protocol));
            Assert.Equal(OcppSecurityProfile.Basic, session.Connection.SecurityProfile);
            Assert.Equal(OcppSecurityProfile.Basic, client.Session?.Connection.SecurityProfile);
        }
    }

    [Theory]
    [InlineData(KeyDigits)]
    [InlineData("00FF3A80C3280A0D097F61626364E282AC01FE3A")]
    public async Task A_station_with_a_key_is_let_in_with_its_hexadecimal_digits(string digits)
    {
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.RequireProfile(OcppSecurityProfile.Basic),
            store: s_stations
        );

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-4", With($"CS-4:{digits}")));
    }

    [Theory]
    [InlineData("CS-4", "00ff3a80c3280a0d097f61626364e282ac01fe3b")] // another key
    [InlineData("CS-4", "00ff3a80c3280a0d097f61626364e282ac01fe")] // 19 bytes
    [InlineData("CS-4", "00ff3a80c3280a0d097f61626364e282ac01fe3a00")] // a NUL behind it
    [InlineData("CS-4", "00ff3a80c3280a0d097f61626364e282ac01fe3a00ff3a80c3280a0d097f61626364e282ac01fe3a")] // 40 bytes
    [InlineData("CS-1", KeyDigits)] // that of another station
    public async Task Other_keys_are_refused_with_a_challenge(string identity, string digits)
    {
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.RequireProfile(OcppSecurityProfile.Basic),
            store: s_stations
        );
        byte[] credentials = [.. Encoding.UTF8.GetBytes($"{identity}:"), .. Convert.FromHexString(digits)];

        using ClientWebSocket socket = await csms.OpenAsync(
            identity,
            WithHeader($"Basic {Convert.ToBase64String(credentials)}")
        );

        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
        Assert.Equal(
            "Basic realm=\"OCPP\", charset=\"UTF-8\"",
            Assert.Single(socket.HttpResponseHeaders!["WWW-Authenticate"])
        );
    }

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic /////w==")]
    [InlineData("Basic /zpjb3JyZWN0LWhvcnNlLWJhdHRlcnk=")] // a user name that is not UTF-8
    [InlineData("Basic")]
    [InlineData("Bearer abc")]
    public async Task A_header_that_is_not_Basic_is_as_none(string header)
    {
        await using Csms csms = await Csms.StartAsync(store: s_stations);

        Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-1", WithHeader(header)));
    }

    [Fact]
    public async Task An_unknown_identity_is_not_found_with_credentials_and_without()
    {
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.RequireProfile(OcppSecurityProfile.Basic),
            store: s_stations
        );

        Assert.Equal(HttpStatusCode.NotFound, await csms.StatusOfAsync("CS-9"));
        Assert.Equal(HttpStatusCode.NotFound, await csms.StatusOfAsync("CS-9", With($"CS-9:{Password}")));
    }

    [Fact]
    public async Task Where_no_profile_is_required_a_station_without_credentials_is_let_in_only_if_the_store_says_so()
    {
        await using Csms csms = await Csms.StartAsync(store: s_stations);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-3"));
        Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-1"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", With($"CS-1:{Password}")));
    }

    [Fact]
    public async Task Where_a_profile_is_required_nobody_is_let_in_without_credentials()
    {
        await using Csms csms = await Csms.StartAsync(endpoint => endpoint.RequireProfile(OcppSecurityProfile.Basic));

        Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-1", With($"CS-1:{Password}")));
    }

    [Fact]
    public async Task Profile_2_takes_no_password_without_TLS()
    {
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.RequireProfile(OcppSecurityProfile.TlsBasic),
            store: s_stations
        );

        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync("CS-1", With($"CS-1:{Password}")));
    }

    [Theory]
    [InlineData(OcppSecurityProfile.Basic)]
    [InlineData(OcppSecurityProfile.TlsBasic)]
    public async Task Profiles_1_and_2_take_a_password_over_TLS(OcppSecurityProfile profile)
    {
        using var authority = new TestAuthority("Root");
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.RequireProfile(profile),
            store: s_stations,
            tls: authority.Issue("CN=localhost")
        );

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", With($"CS-1:{Password}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-1"));
    }

    [Fact]
    public async Task The_store_is_asked_once_for_a_connection()
    {
        var stations = new StationList
        {
            new OcppStationAccount { Identity = "CS-1", PasswordHash = OcppPassword.Hash(Password, 1000) },
        };
        await using Csms csms = await Csms.StartAsync(store: stations);

        await csms.StatusOfAsync("CS-1", With($"CS-1:{Password}"));

        Assert.Equal("CS-1", Assert.Single(stations.Logins).Identity);
    }

    [Theory]
    [InlineData("CS-1", HttpStatusCode.OK)]
    [InlineData("CS-2", HttpStatusCode.Unauthorized)]
    public async Task Another_endpoint_of_the_application_can_require_a_station(
        string identity,
        HttpStatusCode expected
    )
    {
        await using Csms csms = await Csms.StartAsync(
            store: s_stations,
            services: services => services.AddAuthorization(),
            app: app =>
            {
                app.UseAuthorization();
                app.MapGet(
                        "/ocpp/{identity}/firmware",
                        context => context.Response.WriteAsync(context.User.Identity!.Name!)
                    )
                    .RequireAuthorization(policy =>
                        policy.AddAuthenticationSchemes(OcppAuthenticationSchemes.Basic).RequireAuthenticatedUser()
                    );
            }
        );
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        client.DefaultRequestHeaders.Add("Authorization", HeaderOf($"CS-1:{Password}"));

        using HttpResponseMessage response = await client.GetAsync(
            new UriBuilder(csms.UrlOf($"{identity}/firmware")) { Scheme = "http" }.Uri
        );

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? "CS-1" : "", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_only_scheme_of_an_application_is_still_its_default()
    {
        await using Csms csms = await Csms.StartAsync(services: services =>
            services.AddAuthentication().AddCookie("own")
        );
        var schemes = csms.Services.GetRequiredService<IAuthenticationSchemeProvider>();

        Assert.Equal("own", (await schemes.GetDefaultAuthenticateSchemeAsync())?.Name);
    }

    [Fact]
    public async Task The_schemes_of_stations_are_no_default()
    {
        await using Csms csms = await Csms.StartAsync();

        Assert.Null(
            await csms.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync()
        );
    }
}

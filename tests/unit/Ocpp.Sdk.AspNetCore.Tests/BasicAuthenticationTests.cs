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
    };

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

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic /////w==")]
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

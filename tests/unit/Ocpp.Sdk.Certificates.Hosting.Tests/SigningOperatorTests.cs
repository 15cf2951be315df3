using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Tests;
using Ocpp.Certificates.V201;
using Ocpp.V201;

namespace Ocpp.Certificates.Hosting.Tests;

/// <summary>Certificate signing in the REST API of an operator.</summary>
public sealed class SigningOperatorTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CsmsHost _csms;

    public SigningOperatorTests() =>
        _csms = CsmsHost.Create(
            services: services =>
            {
                services.AddOcpp().AddCertificateSigning(Configure).UseSqlite(_folder.Locate("signing.db"));
                OperatorLogin.AddTo(services);
            },
            app: app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapOcppOperator("/stations").MapCertificateSigning();
            }
        );

    public async Task InitializeAsync()
    {
        await _csms.StartAsync();
        _http.BaseAddress = new UriBuilder(_csms.Url) { Scheme = "http", Path = "/" }.Uri;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("operator");
    }

    [Fact]
    public async Task An_operator_sees_the_requests_of_a_station_and_their_history()
    {
        await using OcppClient station = await ConnectAsync();
        await station.CallAsync(
            new SignCertificateRequest
            {
                Csr = TestCsr.Pem(),
                CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
            }
        );
        await _delivered.Task.WaitAsync(CsmsHost.Patience);

        JsonNode listed = Assert.Single((await ReadAsync("stations/ex-0001/signing-requests")).AsArray())!;
        JsonNode found = await ReadAsync($"stations/EX-0001/signing-requests/{listed["id"]}");

        Assert.Equal("EX-0001", (string?)listed["station"]);
        Assert.Equal("CsmsConnection", (string?)listed["uses"]);
        Assert.Equal("Delivered", (string?)listed["state"]);
        Assert.Null(listed["history"]);
        Assert.Equal("Received", (string?)found["history"]!.AsArray().First()!["state"]);
        Assert.Equal("Delivered", (string?)found["history"]!.AsArray().Last()!["state"]);
        Assert.DoesNotContain("BEGIN", found.ToJsonString(), StringComparison.Ordinal);
        await AssertProblemAsync(
            HttpStatusCode.NotFound,
            "The station has no such signing request.",
            await _http.GetAsync($"stations/other/signing-requests/{listed["id"]}")
        );
        await AssertProblemAsync(
            HttpStatusCode.BadRequest,
            "max must be from 1 to 1000.",
            await _http.GetAsync("stations/EX-0001/signing-requests?max=0")
        );
    }

    [Fact]
    public async Task An_operator_renews_a_certificate()
    {
        await using OcppClient station = await ConnectAsync();

        using HttpResponseMessage response = await RenewAsync("""{"uses":"CsmsConnection"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """{"status":"Rejected","reasonCode":"Busy","additionalInfo":"Charging."}""",
            await response.Content.ReadAsStringAsync()
        );
        await AssertProblemAsync(
            HttpStatusCode.UnprocessableEntity,
            "ocpp2.0.1 has no certificate for Iso15118Part20.",
            await RenewAsync("""{"uses":"Iso15118Part20"}""")
        );
    }

    [Fact]
    public async Task A_station_that_is_not_connected_can_not_renew() =>
        await AssertProblemAsync(
            HttpStatusCode.Conflict,
            "The station is not connected. Nothing was sent.",
            await RenewAsync("""{"uses":"CsmsConnection"}""")
        );

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"uses":"Everything"}""")]
    [InlineData("""{"uses":"CsmsConnection","evseId":0}""")]
    public async Task A_renewal_says_what_the_certificate_is_for(string body) =>
        await AssertProblemAsync(
            HttpStatusCode.BadRequest,
            """The body must say what the certificate is for, such as {"uses": "CsmsConnection"}.""",
            await RenewAsync(body)
        );

    [Fact]
    public async Task A_renewal_without_the_type_of_JSON_is_refused() =>
        await AssertProblemAsync(
            HttpStatusCode.UnsupportedMediaType,
            "The body must be JSON.",
            await RenewAsync("""{"uses":"CsmsConnection"}""", mediaType: null)
        );

    [Fact]
    public async Task Authorization_is_demanded()
    {
        _http.DefaultRequestHeaders.Authorization = null;

        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.GetAsync("stations/a/signing-requests")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.GetAsync("stations/a/signing-requests/1")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RenewAsync("{}")).StatusCode);
    }

    public async Task DisposeAsync() => await _csms.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>Connects a station that takes certificates, and is too busy for a renewal.</summary>
    private async Task<OcppClient> ConnectAsync()
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        handlers.On(
            (CertificateSignedRequest _) =>
                new CertificateSignedResponse { Status = CertificateSignedStatusEnumType.Accepted }
        );
        handlers.On(
            (TriggerMessageRequest _) =>
                new TriggerMessageResponse
                {
                    Status = TriggerMessageStatusEnumType.Rejected,
                    StatusInfo = new StatusInfoType { ReasonCode = "Busy", AdditionalInfo = "Charging." },
                }
        );
        var station = new OcppClient(handlers, new OcppClientOptions { Url = _csms.Url, Identity = "EX-0001" });
        await station.ConnectAsync();
        return station;
    }

    private async Task<HttpResponseMessage> RenewAsync(string body, string? mediaType = "application/json")
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
        return await _http.PostAsync("stations/EX-0001/renewals", content);
    }

    private async Task<JsonNode> ReadAsync(string path) =>
        JsonNode.Parse(await _http.GetStringAsync(path)) ?? throw new InvalidOperationException("The body is null.");

    private static async Task AssertProblemAsync(HttpStatusCode status, string title, HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(title, (string?)(await response.Content.ReadFromJsonAsync<JsonNode>())!["title"]);
        }
    }

    private void Configure(CertificateSigningOptions signing)
    {
        signing.OrganizationName = TestCsr.OrganizationName;
        signing.Versions.Add(V201CsmsSigning.Instance);
        signing.LocalAuthorityFolder = _folder.Locate("ca");
        signing.ConfigureService = service =>
            service with
            {
                Policy = service.Policy with { Tolerated = new HashSet<CsrCheck> { CsrCheck.Encryption } },
                Reported = report =>
                {
                    if (report.Kind == SigningReportKind.Delivered)
                    {
                        _delivered.TrySetResult();
                    }
                },
            };
    }
}

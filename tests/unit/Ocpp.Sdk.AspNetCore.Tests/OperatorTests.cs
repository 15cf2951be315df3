using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

/// <summary>The REST API over stations.</summary>
public sealed class OperatorTests : IAsyncDisposable
{
    private const string Reset = """{"type":"Immediate"}""";

    private readonly HttpClient _http = new();
    private Csms? _csms;

    [Fact]
    public async Task Stations_are_listed_by_page_and_found()
    {
        await StartAsync();
        foreach (string identity in (string[])["a", "B", "c"])
        {
            await _csms!.ConnectAsync(identity);
            await _csms.ConnectedAsync();
        }

        JsonNode first = await ReadAsync(await _http.GetAsync("stations?max=2"));
        JsonNode last = await ReadAsync(await _http.GetAsync($"stations?max=2&after={first["next"]}"));
        JsonNode found = await ReadAsync(await _http.GetAsync("stations/A"));

        Assert.Equal(["a", "B"], first["stations"]!.AsArray().Select(one => (string?)one!["identity"]));
        Assert.Equal(["c"], last["stations"]!.AsArray().Select(one => (string?)one!["identity"]));
        Assert.Null(last["next"]);
        OcppSession session = _csms!.Stations.TryGet("a", out OcppSession? open)
            ? open
            : throw new InvalidOperationException();
        Assert.Equal(
            $$"""{"identity":"a","subprotocol":"ocpp2.0.1","connectedAt":{{found["connectedAt"]!.ToJsonString()}},"securityProfile":null,"remoteEndPoint":"{{session.Connection.RemoteEndPoint}}","node":null}""",
            found.ToJsonString()
        );
        Assert.Equal(session.Connection.ConnectedAt, (DateTimeOffset)found["connectedAt"]!);
    }

    [Fact]
    public async Task A_station_is_called_by_action()
    {
        await StartAsync();
        await using OcppSession station = await ConnectAsync(_ => Answers.ResetAccepted);

        HttpResponseMessage response = await CallAsync(Reset);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"status":"Accepted"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_station_is_disconnected()
    {
        await StartAsync();
        await using OcppSession station = await ConnectAsync(_ => Answers.ResetAccepted);

        using HttpResponseMessage first = await _http.DeleteAsync("stations/cs-1/connection");
        await station.Completion.WaitAsync(CsmsHost.Patience);
        await _csms!.DisconnectedAsync();
        using HttpResponseMessage second = await _http.DeleteAsync("stations/cs-1/connection");

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await AssertProblemAsync(HttpStatusCode.Conflict, "The station is not connected. Nothing was sent.", second);
    }

    [Fact]
    public async Task A_station_that_is_not_connected_is_a_conflict_for_a_call_and_not_found_for_a_look()
    {
        await StartAsync();

        await AssertProblemAsync(
            HttpStatusCode.Conflict,
            "The station is not connected. Nothing was sent.",
            await CallAsync(Reset)
        );
        await AssertProblemAsync(
            HttpStatusCode.NotFound,
            "The station is not connected.",
            await _http.GetAsync("stations/CS-1")
        );
    }

    [Fact]
    public async Task An_invalid_request_is_answered_with_all_its_violations_and_none_of_its_values()
    {
        await StartAsync();
        await using OcppSession station = await ConnectAsync(_ => Answers.ResetAccepted);

        JsonNode problem = await AssertProblemAsync(
            HttpStatusCode.UnprocessableEntity,
            "The request is invalid.",
            await CallAsync("""{"type":"secret-1","evseId":"secret-2"}""")
        );

        JsonArray violations = problem["violations"]!.AsArray();
        Assert.Equal(["/type", "/evseId"], violations.Select(one => (string?)one!["path"]));
        Assert.All(violations, one => Assert.Equal("TypeConstraintViolation", (string?)one!["errorCode"]));
        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_the_version_does_not_have_is_not_found()
    {
        await StartAsync();
        await using OcppSession station = await ConnectAsync(_ => Answers.ResetAccepted);

        await AssertProblemAsync(
            HttpStatusCode.NotFound,
            "The version of OCPP that the station speaks has no such action with a response.",
            await CallAsync("{}", "RemoteStartTransaction")
        );
    }

    [Fact]
    public async Task A_CALLERROR_is_answered_with_its_code_and_description()
    {
        await StartAsync();
        await using OcppSession station = await ConnectAsync(
            ResetResponse (_) => throw new OcppCallErrorException(OcppErrorCode.NotSupported, "No reset here.")
        );

        JsonNode problem = await AssertProblemAsync(
            HttpStatusCode.BadGateway,
            "The station answered with a CALLERROR.",
            await CallAsync(Reset)
        );

        Assert.Equal("NotSupported", (string?)problem["errorCode"]);
        Assert.Equal("No reset here.", (string?)problem["detail"]);
    }

    [Fact]
    public async Task A_station_that_does_not_answer_in_time_is_a_gateway_timeout()
    {
        await StartAsync();
        var never = new TaskCompletionSource<ResetResponse>();
        await using OcppSession station = await ConnectAsync(_ => never.Task);

        await AssertProblemAsync(
            HttpStatusCode.GatewayTimeout,
            "The station did not answer in time: what it did is unknown.",
            await CallAsync(Reset, query: "?timeout=0.05")
        );
        never.SetCanceled();
    }

    [Fact]
    public async Task A_station_that_disconnects_while_a_call_waits_is_a_bad_gateway()
    {
        await StartAsync();
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource<ResetResponse>();
        OcppSession station = await ConnectAsync(_ =>
        {
            asked.SetResult();
            return never.Task;
        });

        Task<HttpResponseMessage> call = CallAsync(Reset);
        await asked.Task.WaitAsync(CsmsHost.Patience);
        station.Abort();
        never.SetCanceled();

        await AssertProblemAsync(
            HttpStatusCode.BadGateway,
            "The connection to the station was lost: what it did is unknown.",
            await call
        );
        await station.DisposeAsync();
    }

    [Theory]
    [InlineData(null, Reset, "", HttpStatusCode.UnsupportedMediaType, "The body must be JSON.")]
    [InlineData("application/json", "{", "", HttpStatusCode.BadRequest, "The body is not valid JSON.")]
    [InlineData(
        "application/json",
        Reset,
        "?timeout=0",
        HttpStatusCode.BadRequest,
        "timeout must be more than 0 and at most 86400 seconds."
    )]
    [InlineData(
        "application/json",
        Reset,
        "?timeout=NaN",
        HttpStatusCode.BadRequest,
        "timeout must be more than 0 and at most 86400 seconds."
    )]
    public async Task What_can_not_be_a_call_is_refused(
        string? mediaType,
        string body,
        string query,
        HttpStatusCode status,
        string title
    )
    {
        await StartAsync();
        await using OcppSession station = await ConnectAsync(_ => Answers.ResetAccepted);

        await AssertProblemAsync(status, title, await CallAsync(body, query: query, mediaType: mediaType));
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        await StartAsync();

        using HttpResponseMessage response = await CallAsync(Reset, mediaType: "text/plain");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_body_longer_than_a_message_is_refused()
    {
        await StartAsync();

        using HttpResponseMessage response = await CallAsync($"\"{new string('a', 1024 * 1024)}\"");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_has_one_to_a_thousand_stations(int max)
    {
        await StartAsync();

        await AssertProblemAsync(
            HttpStatusCode.BadRequest,
            "max must be from 1 to 1000.",
            await _http.GetAsync($"stations?max={max}")
        );
    }

    [Fact]
    public async Task Authorization_is_demanded_and_a_policy_of_the_application_is_added_to_it()
    {
        await StartAsync("operators");
        await using OcppSession station = await ConnectAsync(_ => Answers.ResetAccepted);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Reset)).StatusCode);

        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("guest");
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(Reset)).StatusCode);
        _http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(Reset)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.GetAsync("stations")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.GetAsync("stations/CS-1")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.DeleteAsync("stations/CS-1/connection")).StatusCode);
    }

    [Fact]
    public async Task An_application_without_authorization_serves_nothing()
    {
        _csms = await Csms.StartAsync(app: app => app.MapOcppOperator("/stations"));
        _http.BaseAddress = Root(_csms);

        using HttpResponseMessage response = await _http.GetAsync("stations");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_csms is not null)
        {
            await _csms.DisposeAsync();
        }
    }

    private async Task StartAsync(string? policy = null)
    {
        _csms = await Csms.StartAsync(
            services: OperatorLogin.AddTo,
            app: app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                RouteGroupBuilder stations = app.MapOcppOperator("/stations");
                if (policy is not null)
                {
                    stations.RequireAuthorization(policy);
                }
            }
        );
        _http.BaseAddress = Root(_csms);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("operator");
    }

    private Task<OcppSession> ConnectAsync(Func<ResetRequest, ResetResponse> reset) =>
        ConnectAsync(request => Task.FromResult(reset(request)));

    private async Task<OcppSession> ConnectAsync(Func<ResetRequest, Task<ResetResponse>> reset)
    {
        OcppHandlers handlers = new(Ocpp201Protocol.Instance);
        handlers.On((ResetRequest request, OcppRequestContext _) => reset(request));
        OcppSession station = await _csms!.ConnectAsync("CS-1", handlers);
        await _csms.ConnectedAsync();
        return station;
    }

    private async Task<HttpResponseMessage> CallAsync(
        string body,
        string action = "Reset",
        string query = "",
        string? mediaType = "application/json"
    )
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
        return await _http.PostAsync($"stations/cs-1/calls/{action}{query}", content);
    }

    private static Uri Root(Csms csms) => new UriBuilder(csms.UrlOf("")) { Scheme = "http", Path = "/" }.Uri;

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        }
    }

    private static async Task<JsonNode> AssertProblemAsync(
        HttpStatusCode status,
        string title,
        HttpResponseMessage response
    )
    {
        using (response)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            JsonNode problem = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
            Assert.Equal((status, title), (response.StatusCode, (string?)problem["title"]));
            return problem;
        }
    }
}

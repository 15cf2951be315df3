using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Actions that are known only at run time: calls, and the handler of all that have no other.</summary>
public sealed class RunTimeActionTests
{
    [Fact]
    public async Task A_call_by_name_is_that_of_the_typed_request_and_returns_the_response_as_JSON()
    {
        await using var pair = OcppPair.Create(
            Ocpp201Protocol.Instance,
            csms: csms =>
                csms.On(
                    (DataTransferRequest request) =>
                        new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted, Data = request.Data }
                )
        );

        JsonElement response = await pair.Station.CallAsync(
            "DataTransfer",
            Json("""{ "vendorId": "v", "data": [1, {"a": null}] }""")
        );

        Assert.Equal("""{"status":"Accepted","data":[1,{"a":null}]}""", response.GetRawText());
    }

    [Fact]
    public async Task A_call_by_name_of_an_invalid_request_is_not_sent()
    {
        await using var line = Line.Open();

        var invalid = await Assert.ThrowsAsync<OcppValidationException>(() =>
            line.Session.CallAsync("DataTransfer", Json("""{"x":1}"""))
        );
        Assert.Equal(["/x", "/vendorId"], invalid.Violations.Select(violation => violation.Path));
        await Assert.ThrowsAsync<OcppValidationException>(() => line.Session.CallAsync("DataTransfer", default));

        // The next thing that the peer receives is the next call.
        _ = line.Session.CallAsync("Heartbeat", Json("{}"));
        await line.ReceiveIdAsync("Heartbeat");
    }

    [Fact]
    public async Task A_call_by_a_name_that_the_protocol_does_not_have_or_that_goes_one_way_is_an_error_of_the_caller()
    {
        await using var line = Line.Open(protocol: new NoticeProtocol());

        var unknown = await Assert.ThrowsAsync<ArgumentException>(() =>
            line.Session.CallAsync("Heartbeat\u202E", Json("{}"))
        );
        Assert.StartsWith("vendor1.0 has no action 'Heartbeat\\u202E'.", unknown.Message, StringComparison.Ordinal);
        var oneWay = await Assert.ThrowsAsync<ArgumentException>(() =>
            line.Session.CallAsync("Notice", Json("""{"text":"a"}"""))
        );
        Assert.Equal("Notice is one-way and has no response: it can't be called.", oneWay.Message);
        await Assert.ThrowsAsync<ArgumentNullException>("action", () => line.Session.CallAsync(null!, Json("{}")));
    }

    [Fact]
    public async Task An_invalid_response_fails_a_call_by_name()
    {
        await using var line = Line.Open();
        Task<JsonElement> call = line.Session.CallAsync("Heartbeat", Json("{}"));

        await line.SendAsync($"[3,\"{await line.ReceiveIdAsync("Heartbeat")}\",{{}}]");

        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
    }

    [Fact]
    public async Task Requests_without_a_handler_of_their_own_are_those_of_the_other_handler()
    {
        await using var line = Line.Open(handlers =>
            handlers
                .On((HeartbeatRequest _) => HeartbeatAnswer)
                .OnOther(
                    (context, payload) =>
                        Task.FromResult(
                            context.IsActionKnown
                                ? Json("""{"status":"Accepted"}""")
                                : Json($$"""{"echo":{{payload.GetRawText()}},"action":"{{context.Action}}"}""")
                        )
                )
        );

        await line.SendAsync(Call("1"));
        Assert.Equal(Result("1"), await line.ReceiveAsync());
        await line.SendAsync(Call("2", "DataTransfer", """{"vendorId":"v"}"""));
        Assert.Equal("""[3,"2",{"status":"Accepted"}]""", await line.ReceiveAsync());
        await line.SendAsync(Call("3", "Vendor.Own", """{"a":[1,2]}"""));
        Assert.Equal("""[3,"3",{"echo":{"a":[1,2]},"action":"Vendor.Own"}]""", await line.ReceiveAsync());
        Assert.False(line.HasReport());
    }

    [Theory]
    [InlineData("DataTransfer", "{}", "OccurrenceConstraintViolation")]
    [InlineData("Vendor.Own", "[]", "TypeConstraintViolation")]
    [InlineData("Vendor.Own", "{", "FormatViolation")]
    public async Task The_other_handler_does_not_get_an_invalid_payload(string action, string payload, string code)
    {
        await using var line = Line.Open(handlers => handlers.OnOther((_, _) => throw new InvalidOperationException()));

        await line.SendAsync(Call("1", action, payload));

        Assert.StartsWith($"[4,\"1\",\"{code}\",", await line.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(OcppReportKind.InvalidRequest, (await line.ReportAsync()).Kind);
    }

    [Theory]
    [InlineData("DataTransfer", """{"status":"Perhaps"}""")]
    [InlineData("DataTransfer", "null")]
    [InlineData("Vendor.Own", "[]")]
    public async Task An_invalid_response_of_the_other_handler_is_answered_with_InternalError(
        string action,
        string response
    )
    {
        await using var line = Line.Open(handlers => handlers.OnOther((_, _) => Task.FromResult(Json(response))));

        await line.SendAsync(Call("1", action, """{"vendorId":"v"}"""));

        Assert.StartsWith("[4,\"1\",\"InternalError\",", await line.ReceiveAsync(), StringComparison.Ordinal);
        OcppReport report = await line.ReportAsync();
        Assert.Equal(action == "DataTransfer" ? "DataTransfer" : "(unknown)", report.Action);
    }

    [Fact]
    public void There_is_one_other_handler()
    {
        var handlers = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set => set.OnOther((_, payload) => Task.FromResult(payload))
        );

        Assert.Throws<ArgumentException>(() => handlers.OnOther((_, payload) => Task.FromResult(payload)));
    }

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}

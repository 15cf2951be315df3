using System.Text;
using Ocpp.Rpc;
using Ocpp.V201;
using Ocpp.Validation;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Peers that are read less strictly: what is accepted is reported.</summary>
public sealed class ReadOptionTests
{
    private const string Deviating = "{\"csr\":\"c\",\"vendor\":1}";
    private const string Accepted = "[3,\"1\",{\"status\":\"Accepted\"}]";

    private static readonly OcppReport s_deviation = new(OcppReportKind.DeviationAccepted, "1", "SignCertificate")
    {
        Violation = new OcppViolation(OcppErrorCode.ProtocolError, OcppRule.UnknownProperty, "/vendor"),
    };

    [Fact]
    public async Task A_lenient_session_accepts_a_deviation_in_a_request_and_reports_it()
    {
        await using var line = Open(options => options with { ReadOptions = OcppReadOptions.Lenient });
        await line.SendAsync(Call("1", "SignCertificate", Deviating));
        Assert.Equal(Accepted, await line.ReceiveAsync());
        Assert.Equal(s_deviation, await line.ReportAsync());
    }

    [Fact]
    public async Task Null_for_an_absent_property_is_taken_by_default_in_requests_and_responses_and_reported()
    {
        await using var line = Open();
        var violation = new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Null, "/certificateType");
        await line.SendAsync(Call("1", "SignCertificate", "{\"csr\":\"c\",\"certificateType\":null}"));
        Assert.Equal(Accepted, await line.ReceiveAsync());
        Assert.Equal(s_deviation with { Violation = violation }, await line.ReportAsync());

        Task<SignCertificateResponse> call = line.Session.CallAsync(new SignCertificateRequest { Csr = "c" });
        string id = await line.ReceiveIdAsync("SignCertificate");
        await line.SendAsync(Result(id, "{\"status\":\"Accepted\",\"statusInfo\":null}"));
        Assert.Equal(new SignCertificateResponse { Status = GenericStatusEnumType.Accepted }, await call);
        Assert.Equal(
            s_deviation with
            {
                MessageId = id,
                Violation = violation with { Path = "/statusInfo" },
            },
            await line.ReportAsync()
        );
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task Null_for_an_absent_property_is_refused_by_a_strict_session()
    {
        await using var line = Open(options => options with { ReadOptions = OcppReadOptions.Strict });
        await line.SendAsync(Call("1", "SignCertificate", "{\"csr\":\"c\",\"certificateType\":null}"));
        Assert.StartsWith("[4,\"1\",\"TypeConstraintViolation\"", await line.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(OcppReportKind.InvalidRequest, (await line.ReportAsync()).Kind);
    }

    [Fact]
    public async Task More_deviations_than_are_listed_are_reported_by_their_number()
    {
        await using var line = Open(options =>
            options with
            {
                ReadOptions = OcppReadOptions.Lenient with { MaxViolations = 1 },
            }
        );
        await line.SendAsync(Call("1", "SignCertificate", "{\"csr\":\"c\",\"vendor\":1,\"other\":2,\"third\":3}"));
        Assert.Equal(Accepted, await line.ReceiveAsync());
        Assert.Equal(s_deviation, await line.ReportAsync());
        Assert.Equal(s_deviation with { Violation = null, Detail = "2 further deviations." }, await line.ReportAsync());
    }

    [Fact]
    public async Task Each_accepted_deviation_is_reported()
    {
        await using var line = Open(options => options with { ReadOptions = OcppReadOptions.Lenient });
        await line.SendAsync(Call("1", "SignCertificate", "{\"csr\":\"c\",\"vendor\":1,\"certificateType\":null}"));
        Assert.Equal(Accepted, await line.ReceiveAsync());
        Assert.Equal(s_deviation, await line.ReportAsync());
        Assert.Equal(OcppRule.Null, (await line.ReportAsync()).Violation?.Rule);
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task A_lenient_session_accepts_a_deviation_in_a_response_and_reports_it()
    {
        await using var line = Open(options => options with { ReadOptions = OcppReadOptions.Lenient });
        Task<SignCertificateResponse> call = line.Session.CallAsync(new SignCertificateRequest { Csr = "c" });
        string id = await line.ReceiveIdAsync("SignCertificate");
        await line.SendAsync(Result(id, "{\"status\":\"Accepted\",\"vendor\":1}"));
        Assert.Equal(GenericStatusEnumType.Accepted, (await call).Status);
        Assert.Equal(s_deviation with { MessageId = id }, await line.ReportAsync());
    }

    [Fact]
    public async Task One_connection_may_be_relaxed_while_it_is_open()
    {
        await using var line = Open();
        await line.SendAsync(Call("1", "SignCertificate", Deviating));
        Assert.StartsWith("[4,\"1\",\"ProtocolError\"", await line.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(OcppReportKind.InvalidRequest, (await line.ReportAsync()).Kind);
        line.Session.ReadOptions = OcppReadOptions.Lenient;
        await line.SendAsync(Call("1", "SignCertificate", Deviating));
        Assert.Equal(Accepted, await line.ReceiveAsync());
        Assert.Equal(s_deviation, await line.ReportAsync());
    }

    [Fact]
    public async Task One_action_may_be_relaxed_alone()
    {
        await using var line = Open(options =>
            options with
            {
                ReadOptionsByAction = OcppActionReadOptions.None.For<SignCertificateRequest>(OcppReadOptions.Lenient),
            }
        );
        await line.SendAsync(Call("2", "Heartbeat", "{\"vendor\":1}"));
        Assert.StartsWith("[4,\"2\",\"ProtocolError\"", await line.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(OcppReportKind.InvalidRequest, (await line.ReportAsync()).Kind);
        await line.SendAsync(Call("1", "SignCertificate", Deviating));
        Assert.Equal(Accepted, await line.ReceiveAsync());
        Assert.Equal(s_deviation, await line.ReportAsync());
    }

    [Fact]
    public async Task One_field_may_be_relaxed_alone()
    {
        await using var line = Open(options =>
            options with
            {
                ReadOptions = new OcppReadOptions
                {
                    Accept = violation => violation is { Path: "/csr", Rule: OcppRule.MaxLength },
                },
            }
        );
        string tooLong = new('c', SignCertificateRequest.CsrMaxLength + 1);
        await line.SendAsync(Call("1", "SignCertificate", $"{{\"csr\":\"{tooLong}\"}}"));
        Assert.Equal(Accepted, await line.ReceiveAsync());
        Assert.Equal(
            new OcppViolation(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/csr", 5500, 5501),
            (await line.ReportAsync()).Violation
        );
        await line.SendAsync(Call("1", "SignCertificate", Deviating));
        Assert.StartsWith("[4,\"1\",\"ProtocolError\"", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_own_call_back_is_told_too()
    {
        var told = new List<OcppViolation>();
        await using var line = Open(options =>
            options with
            {
                ReadOptions = OcppReadOptions.Lenient with { DeviationAccepted = told.Add },
            }
        );
        await line.SendAsync(Call("1", "SignCertificate", Deviating));
        Assert.Equal(Accepted, await line.ReceiveAsync());
        Assert.Equal([s_deviation.Violation!.Value], told);
        Assert.Equal(s_deviation, await line.ReportAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_back_of_the_options_that_throws_ends_one_message_and_not_the_connection(bool accepts)
    {
        OcppReadOptions options = accepts
            ? OcppReadOptions.Lenient with
            {
                DeviationAccepted = _ => throw new InvalidOperationException(),
            }
            : new OcppReadOptions { Accept = _ => throw new InvalidOperationException() };
        await using var line = Open(defaults => defaults with { ReadOptions = options });
        await line.SendAsync(Call("1", "SignCertificate", Deviating));
        Assert.Equal(Error("1", "InternalError", "The request handler failed."), await line.ReceiveAsync());
        OcppReport report = await line.ReportAsync();
        Assert.Equal(
            (OcppReportKind.HandlerFailed, "1", "SignCertificate"),
            (report.Kind, report.MessageId, report.Action)
        );
        Assert.IsType<InvalidOperationException>(report.Exception);

        Task call = line.Session.CallAsync(new SignCertificateRequest { Csr = "c" });
        await line.SendAsync(
            Result(await line.ReceiveIdAsync("SignCertificate"), "{\"status\":\"Accepted\",\"vendor\":1}")
        );
        await Assert.ThrowsAsync<InvalidOperationException>(() => call);

        await line.SendAsync(Call("1", "SignCertificate", "{\"csr\":\"c\"}"));
        Assert.Equal(Accepted, await line.ReceiveAsync());
    }

    [Fact]
    public void Sessions_with_the_same_options_report_their_own_deviations_even_if_one_reads_within_another()
    {
        using var outer = new DirectWebSocket();
        using var inner = new DirectWebSocket();
        var told = new List<string>();
        var reported = new List<(string Identity, string? MessageId, string? Path)>();
        var options = new OcppSessionOptions
        {
            ReadOptions = OcppReadOptions.Lenient with
            {
                DeviationAccepted = violation =>
                {
                    told.Add(violation.Path);
                    if (told.Count == 1)
                    {
                        Deliver(inner, "2", Deviating);
                    }
                },
            },
            Reported = (session, report) => reported.Add((session.Identity, report.MessageId, report.Violation?.Path)),
        };
        OcppSession[] sessions = [Run(outer, "outer"), Run(inner, "inner")];

        Deliver(outer, "1", "{\"csr\":\"c\",\"vendor\":1,\"other\":2}");

        Assert.Equal(["/vendor", "/vendor", "/other"], told);
        Assert.Equal([("inner", "2", "/vendor"), ("outer", "1", "/vendor"), ("outer", "1", "/other")], reported);
        Array.ForEach(sessions, session => session.Abort());

        static void Deliver(DirectWebSocket socket, string messageId, string payload) =>
            socket.Deliver(Encoding.UTF8.GetBytes(Call(messageId, "SignCertificate", payload)));

        OcppSession Run(DirectWebSocket socket, string identity)
        {
            var session = new OcppSession(
                socket,
                new OcppHandlers(
                    Ocpp201Protocol.Instance,
                    set =>
                        set.On<SignCertificateRequest, SignCertificateResponse>(
                            (_, _) => new SignCertificateResponse { Status = GenericStatusEnumType.Accepted }
                        )
                ),
                identity,
                options
            );
            _ = session.RunAsync();
            return session;
        }
    }

    [Fact]
    public void Options_that_report_are_made_once_for_all_sessions()
    {
        OcppReadOptions options = OcppReadOptions.Lenient with { };

        OcppReadOptions reporting = DeviationReports.Begin(options, null!, "SignCertificate", "1");

        Assert.Same(reporting, DeviationReports.Begin(options, null!, "SignCertificate", "2"));
        Assert.NotSame(reporting, DeviationReports.Begin(options with { }, null!, "SignCertificate", "2"));
        DeviationReports.End();
    }

    private static Line Open(Func<OcppSessionOptions, OcppSessionOptions>? configure = null) =>
        Line.Open(
            handlers =>
                handlers
                    .On<SignCertificateRequest, SignCertificateResponse>(
                        (_, _) => new SignCertificateResponse { Status = GenericStatusEnumType.Accepted }
                    )
                    .On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer),
            configure
        );
}

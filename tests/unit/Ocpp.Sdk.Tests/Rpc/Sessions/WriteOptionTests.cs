using System.Globalization;
using Ocpp.Rpc;
using Ocpp.V201;
using Ocpp.Validation;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>
/// What a session writes: decimal places by who sends a message, and limits that the peer has raised.
/// </summary>
public sealed class WriteOptionTests
{
    [Theory]
    [InlineData("0.1234564", "0.123456")]
    [InlineData("0.1234565", "0.123457")]
    [InlineData("-0.1234565", "-0.123457")]
    [InlineData("0.12345650000000000000000001", "0.123457")]
    [InlineData("0.123456499999999999999999", "0.123456")]
    [InlineData("0.9999995", "1.000000")]
    [InlineData("-0.0000001", "0.000000")]
    [InlineData("0.0000000000000000000000000001", "0.000000")]
    [InlineData("79228162514264337593543.95033", "79228162514264337593543.95033")]
    [InlineData("792281625142643375935.4395033", "792281625142643375935.439503")]
    [InlineData("-79228162514264337593543950335", "-79228162514264337593543950335")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.500000", "1.500000")]
    [InlineData("7", "7")]
    public async Task A_request_of_a_CSMS_has_at_most_six_decimal_places(string cost, string expected)
    {
        await using var line = Line.Open(static _ => { });
        Task call = line.Session.CallAsync(
            new CostUpdatedRequest
            {
                TotalCost = decimal.Parse(cost, CultureInfo.InvariantCulture),
                TransactionId = "t",
            }
        );
        string frame = await line.ReceiveAsync();
        Assert.EndsWith(
            $",\"CostUpdated\",{{\"totalCost\":{expected},\"transactionId\":\"t\"}}]",
            frame,
            StringComparison.Ordinal
        );
        await line.SendAsync(Result(frame.Split('"')[1], "{}"));
        await call;
    }

    [Fact]
    public async Task An_answer_of_a_CSMS_has_at_most_six_decimal_places()
    {
        await using var line = Line.Open(handlers =>
            handlers.On<TransactionEventRequest, TransactionEventResponse>(
                (_, _) => new TransactionEventResponse { TotalCost = 12.34567891m }
            )
        );
        await line.SendAsync(
            Call(
                "1",
                "TransactionEvent",
                "{\"eventType\":\"Ended\",\"timestamp\":\"2026-01-31T12:00:00Z\",\"triggerReason\":\"StopAuthorized\",\"seqNo\":1,"
                    + "\"transactionInfo\":{\"transactionId\":\"t\"}}"
            )
        );
        Assert.Equal(Result("1", "{\"totalCost\":12.345679}"), await line.ReceiveAsync());
    }

    [Fact]
    public async Task What_a_station_sends_keeps_the_resolution_of_its_source()
    {
        await using var line = Line.Open(handlers =>
            handlers.On<GetCompositeScheduleRequest, GetCompositeScheduleResponse>(
                (_, _) =>
                    new GetCompositeScheduleResponse
                    {
                        Status = GenericStatusEnumType.Accepted,
                        Schedule = new CompositeScheduleType
                        {
                            EvseId = 1,
                            Duration = 1,
                            ScheduleStart = HeartbeatAnswer.CurrentTime,
                            ChargingRateUnit = ChargingRateUnitEnumType.A,
                            ChargingSchedulePeriod =
                            [
                                new ChargingSchedulePeriodType { StartPeriod = 0, Limit = 6.12345678m },
                            ],
                        },
                    }
            )
        );
        await line.SendAsync(Call("1", "GetCompositeSchedule", "{\"duration\":1,\"evseId\":1}"));
        Assert.Contains("\"limit\":6.12345678}", await line.ReceiveAsync(), StringComparison.Ordinal);

        Task call = line.Session.CallAsync(
            new MeterValuesRequest
            {
                EvseId = 1,
                MeterValue =
                [
                    new MeterValueType
                    {
                        Timestamp = HeartbeatAnswer.CurrentTime,
                        SampledValue = [new SampledValueType { Value = 0.1234567890123m }],
                    },
                ],
            }
        );
        string frame = await line.ReceiveAsync();
        Assert.Contains("{\"value\":0.1234567890123}", frame, StringComparison.Ordinal);
        await line.SendAsync(Result(frame.Split('"')[1], "{}"));
        await call;
    }

    [Fact]
    public async Task How_many_places_a_CSMS_sends_can_be_chosen()
    {
        await using var line = Line.Open(static _ => { }, options => options with { CsmsDecimalPlaces = 28 });
        Task call = line.Session.CallAsync(new CostUpdatedRequest { TotalCost = 0.12345678m, TransactionId = "t" });
        string frame = await line.ReceiveAsync();
        Assert.Contains("\"totalCost\":0.12345678,", frame, StringComparison.Ordinal);
        await line.SendAsync(Result(frame.Split('"')[1], "{}"));
        await call;
        Assert.Throws<ArgumentOutOfRangeException>(() => new OcppSessionOptions { CsmsDecimalPlaces = 29 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OcppSessionOptions { CsmsDecimalPlaces = -1 });
    }

    [Fact]
    public async Task A_limit_that_the_peer_has_raised_is_kept_to_both_ways_and_is_no_deviation()
    {
        OcppFieldLimits limits = OcppFieldLimits
            .None.With<Get15118EVCertificateResponse>("/exiResponse", 6_000)
            .With<Get15118EVCertificateRequest>("/exiRequest", 6_000);
        await using var line = Line.Open(handlers =>
            handlers.On<Get15118EVCertificateRequest, Get15118EVCertificateResponse>(
                (request, _) =>
                    new Get15118EVCertificateResponse
                    {
                        Status = Iso15118EVCertificateStatusEnumType.Accepted,
                        ExiResponse = request.ExiRequest,
                    }
            )
        );
        string Request(int length) =>
            Call(
                "1",
                "Get15118EVCertificate",
                $"{{\"iso15118SchemaVersion\":\"v\",\"action\":\"Install\",\"exiRequest\":\"{new string('e', length)}\"}}"
            );

        await line.SendAsync(Request(5_601));
        Assert.StartsWith(
            "[4,\"1\",\"PropertyConstraintViolation\"",
            await line.ReceiveAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(OcppReportKind.InvalidRequest, (await line.ReportAsync()).Kind);

        line.Session.ReadOptions = line.Session.ReadOptions with { FieldLimits = limits };
        line.Session.WriteOptions = line.Session.WriteOptions with { FieldLimits = limits };
        await line.SendAsync(Request(6_000));
        Assert.Equal(
            Result("1", $"{{\"status\":\"Accepted\",\"exiResponse\":\"{new string('e', 6_000)}\"}}"),
            await line.ReceiveAsync()
        );
        Assert.False(line.HasReport());

        await line.SendAsync(Request(6_001));
        Assert.StartsWith(
            "[4,\"1\",\"PropertyConstraintViolation\"",
            await line.ReceiveAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            new OcppViolation(
                OcppErrorCode.PropertyConstraintViolation,
                OcppRule.MaxLength,
                "/exiRequest",
                6_000,
                6_001
            ),
            (await line.ReportAsync()).Violation
        );
    }

    [Fact]
    public void Sessions_with_the_same_options_share_how_they_write()
    {
        var options = new OcppWriteOptions();
        SessionWriting writing = SessionWriting.Of(options, 6);

        Assert.Same(options, writing.Options);
        Assert.NotSame(writing, SessionWriting.Of(options, 5));
        Assert.Equal(5, SessionWriting.Of(options, 5).For(OcppParty.Csms).MaxDecimalPlaces);
        Assert.NotSame(writing, SessionWriting.Of(options with { }, 6));

        // Sessions of other tests, with other options, may come in between.
        Assert.True(
            SpinWait.SpinUntil(
                () => ReferenceEquals(SessionWriting.Of(options, 6), SessionWriting.Of(options, 6)),
                TimeSpan.FromSeconds(60)
            )
        );
    }
}

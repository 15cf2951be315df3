using System.Buffers;
using System.Text;
using Ocpp.EveryMessage;
using Ocpp.Rpc;
using Ocpp.Validation;
using Xunit;

namespace Ocpp.V16.Tests;

/// <summary>Whole messages, byte for byte.</summary>
public sealed class GoldenWireTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void StartTransaction_call() =>
        AssertCall<StartTransactionRequest, StartTransactionResponse>(
            """[2,"msg-001","StartTransaction",{"connectorId":1,"idTag":"04E2A9B1","meterStart":1500,"timestamp":"2026-01-31T12:00:00Z","reservationId":7}]""",
            new StartTransactionRequest
            {
                ConnectorId = 1,
                IdTag = "04E2A9B1",
                MeterStart = 1500,
                ReservationId = 7,
                Timestamp = s_noon,
            }
        );

    [Fact]
    public void StartTransaction_result() =>
        AssertResult(
            """[3,"msg-001",{"idTagInfo":{"status":"Accepted","expiryDate":"2026-01-31T12:00:00.500Z","parentIdTag":"fleet"},"transactionId":42}]""",
            "StartTransaction",
            new StartTransactionResponse
            {
                IdTagInfo = new IdTagInfo
                {
                    Status = AuthorizationStatus.Accepted,
                    ExpiryDate = s_noon.AddMilliseconds(500),
                    ParentIdTag = "fleet",
                },
                TransactionId = 42,
            }
        );

    [Fact]
    public void MeterValues_call_has_values_as_text_and_names_with_dots() =>
        AssertCall<MeterValuesRequest, MeterValuesResponse>(
            """[2,"msg-001","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2026-01-31T12:00:00Z","sampledValue":[{"value":"1500.25","context":"Sample.Periodic","format":"Raw","measurand":"Energy.Active.Import.Register","phase":"L1-N","location":"Outlet","unit":"kWh"},{"value":"31","unit":"Celsius"},{"value":"32","unit":"Celcius"}]}],"transactionId":42}]""",
            new MeterValuesRequest
            {
                ConnectorId = 1,
                TransactionId = 42,
                MeterValue =
                [
                    new MeterValue
                    {
                        Timestamp = s_noon,
                        SampledValue =
                        [
                            new SampledValue
                            {
                                Value = "1500.25",
                                Context = ReadingContext.SamplePeriodic,
                                Format = ValueFormat.Raw,
                                Measurand = Measurand.EnergyActiveImportRegister,
                                Phase = Phase.L1_N,
                                Location = Location.Outlet,
                                Unit = UnitOfMeasure.KWh,
                            },
                            new SampledValue { Value = "31", Unit = UnitOfMeasure.Celsius },
                            new SampledValue { Value = "32", Unit = UnitOfMeasure.Celcius },
                        ],
                    },
                ],
            }
        );

    [Fact]
    public void SetChargingProfile_call_has_limits_in_tenths() =>
        AssertCall<SetChargingProfileRequest, SetChargingProfileResponse>(
            """[2,"msg-001","SetChargingProfile",{"connectorId":1,"csChargingProfiles":{"chargingProfileId":3,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Absolute","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16.1,"numberPhases":3}],"minChargingRate":6.0}}}]""",
            new SetChargingProfileRequest
            {
                ConnectorId = 1,
                CsChargingProfiles = new ChargingProfile
                {
                    ChargingProfileId = 3,
                    StackLevel = 0,
                    ChargingProfilePurpose = ChargingProfilePurposeType.TxDefaultProfile,
                    ChargingProfileKind = ChargingProfileKindType.Absolute,
                    ChargingSchedule = new ChargingSchedule
                    {
                        ChargingRateUnit = ChargingRateUnitType.A,
                        ChargingSchedulePeriod =
                        [
                            new ChargingSchedulePeriod
                            {
                                StartPeriod = 0,
                                Limit = 16.1m,
                                NumberPhases = 3,
                            },
                        ],
                        MinChargingRate = 6.0m,
                    },
                },
            }
        );

    [Fact]
    public void GetDiagnostics_call_has_a_URI() =>
        AssertCall<GetDiagnosticsRequest, GetDiagnosticsResponse>(
            """[2,"msg-001","GetDiagnostics",{"location":"ftp://user:secret@example.com/logs"}]""",
            new GetDiagnosticsRequest { Location = "ftp://user:secret@example.com/logs" }
        );

    [Fact]
    public void SignCertificate_call_has_the_CSR_only() =>
        AssertCall<SignCertificateRequest, SignCertificateResponse>(
            """[2,"msg-001","SignCertificate",{"csr":"-----BEGIN CERTIFICATE REQUEST-----\nMIIB+/==\n-----END CERTIFICATE REQUEST-----\n"}]""",
            new SignCertificateRequest
            {
                Csr = "-----BEGIN CERTIFICATE REQUEST-----\nMIIB+/==\n-----END CERTIFICATE REQUEST-----\n",
            }
        );

    [Fact]
    public void SignCertificate_result_has_no_reason() =>
        AssertResult(
            """[3,"msg-001",{"status":"Rejected"}]""",
            "SignCertificate",
            new SignCertificateResponse { Status = GenericStatusEnumType.Rejected }
        );

    [Fact]
    public void CertificateSigned_call_has_the_chain_only() =>
        AssertCall<CertificateSignedRequest, CertificateSignedResponse>(
            """[2,"msg-001","CertificateSigned",{"certificateChain":"pem"}]""",
            new CertificateSignedRequest { CertificateChain = "pem" }
        );

    [Fact]
    public void ExtendedTriggerMessage_call_asks_for_a_certificate_of_the_charge_point() =>
        AssertCall<ExtendedTriggerMessageRequest, ExtendedTriggerMessageResponse>(
            """[2,"msg-001","ExtendedTriggerMessage",{"requestedMessage":"SignChargePointCertificate"}]""",
            new ExtendedTriggerMessageRequest { RequestedMessage = MessageTriggerEnumType.SignChargePointCertificate }
        );

    [Theory]
    [InlineData(OcppErrorCode.FormatViolation, "FormationViolation")]
    [InlineData(OcppErrorCode.OccurrenceConstraintViolation, "OccurenceConstraintViolation")]
    [InlineData(OcppErrorCode.PropertyConstraintViolation, "PropertyConstraintViolation")]
    [InlineData(OcppErrorCode.TypeConstraintViolation, "TypeConstraintViolation")]
    [InlineData(OcppErrorCode.RpcFrameworkError, "GenericError")]
    [InlineData(OcppErrorCode.MessageTypeNotSupported, "GenericError")]
    public void Error_code_is_spelled_as_in_OCPP_1_6(OcppErrorCode code, string spelled)
    {
        var output = new ArrayBufferWriter<byte>();

        OcppFrame.WriteCallError(output, "msg-001", code, "why", Ocpp16Protocol.Instance.Rules);

        Assert.Equal($$"""[4,"msg-001","{{spelled}}","why",{}]""", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(output.WrittenSpan, out OcppFrame frame, out _));
        Assert.Equal(spelled, frame.ErrorCodeName);
        Assert.Equal(spelled == "GenericError" ? OcppErrorCode.GenericError : code, frame.ErrorCode);
    }

    [Fact]
    public void Limit_that_is_finer_than_a_tenth_is_not_written()
    {
        var period = new ChargingSchedulePeriod { StartPeriod = 0, Limit = 16.15m };

        Assert.Equal(
            [(OcppRule.MultipleOf, "/limit")],
            period.Validate().Select(violation => (violation.Rule, violation.Path))
        );
        Assert.Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(period));
    }

    [Fact]
    public void Limits_are_public_constants()
    {
        Assert.Equal(20, StartTransactionRequest.IdTagMaxLength);
        Assert.Equal(5500, SignCertificateRequest.CsrMaxLength);
        Assert.Equal(10000, CertificateSignedRequest.CertificateChainMaxLength);
        Assert.Equal("ocpp1.6", Ocpp16Protocol.Instance.Subprotocol);
        Assert.DoesNotContain(Ocpp16Protocol.Instance.Actions, action => action.IsOneWay);
    }

    private static void AssertCall<TRequest, TResponse>(string golden, TRequest request)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCall<TRequest, TResponse>(output, "msg-001", request);

        Assert.Equal(golden, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(golden), out OcppFrame frame, out _));
        Assert.Equal((OcppMessageType.Call, "msg-001"), (frame.MessageType, frame.MessageId));
        Assert.Equal(request, Payload.Valid<TRequest>(frame.Payload));
        Assert.Equal(request, Ocpp16Protocol.Instance.FindAction(frame.Utf8Action)!.ReadRequest(frame.Payload, out _));
    }

    private static void AssertResult<TResponse>(string golden, string action, TResponse response)
        where TResponse : class, IOcppPayload<TResponse>
    {
        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCallResult(output, "msg-001", response);

        Assert.Equal(golden, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(golden), out OcppFrame frame, out _));
        Assert.Equal((OcppMessageType.CallResult, "msg-001"), (frame.MessageType, frame.MessageId));
        Assert.Equal(response, Payload.Valid<TResponse>(frame.Payload));
        Assert.Equal(response, Ocpp16Protocol.Instance.FindAction(action)!.ReadResponse(frame.Payload, out _));
    }
}

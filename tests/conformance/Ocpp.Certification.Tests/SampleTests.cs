using Csms;
using Microsoft.Extensions.Configuration;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V201;
using Ocpp.V201;
using Station;

namespace Ocpp.Certification.Tests;

/// <summary>What the programs in samples/ do with peers of another make.</summary>
public sealed class SampleTests
{
    private static readonly DateTimeOffset s_time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task The_CSMS_answers_tokens_transactions_meter_values_reports_events_and_data()
    {
        await using Endpoint endpoint = await Endpoint.StartAsync(csms => Handlers201.AddTo(csms, NewCharging()));
        await using var client = new OcppClient(new OcppHandlers(Ocpp201Protocol.Instance), endpoint.Connection);
        await client.ConnectAsync();

        Assert.Equal(AuthorizationStatusEnumType.Accepted, await AuthorizeAsync(client, "04a2b3"));
        Assert.Equal(AuthorizationStatusEnumType.Blocked, await AuthorizeAsync(client, "04BAD0"));
        Assert.Equal(AuthorizationStatusEnumType.Unknown, await AuthorizeAsync(client, "04FFFF"));
        Assert.Equal(
            AuthorizationStatusEnumType.Accepted,
            (await client.CallAsync(Event(Token("04A2B3")))).IdTokenInfo?.Status
        );
        Assert.Null((await client.CallAsync(Event(null))).IdTokenInfo);
        var sample = new MeterValueType { Timestamp = s_time, SampledValue = [new SampledValueType { Value = 1.5m }] };
        Assert.NotNull(await client.CallAsync(new MeterValuesRequest { EvseId = 1, MeterValue = [sample] }));
        Assert.NotNull(
            await client.CallAsync(
                new NotifyReportRequest
                {
                    RequestId = 1,
                    GeneratedAt = s_time,
                    SeqNo = 0,
                }
            )
        );
        Assert.Equal(
            DataTransferStatusEnumType.UnknownVendorId,
            (await client.CallAsync(new DataTransferRequest { VendorId = "com.example" })).Status
        );
        var happened = new EventDataType
        {
            EventId = 1,
            Timestamp = s_time,
            Trigger = EventTriggerEnumType.Alerting,
            ActualValue = "true",
            EventNotificationType = EventNotificationEnumType.HardWiredNotification,
            Component = new ComponentType { Name = "ChargingStation" },
            Variable = new VariableType { Name = "Problem" },
        };
        Assert.NotNull(
            await client.CallAsync(
                new NotifyEventRequest
                {
                    GeneratedAt = s_time,
                    SeqNo = 0,
                    EventData = [happened],
                }
            )
        );
    }

    [Fact]
    public async Task The_station_goes_on_when_the_CSMS_does_not_handle_StatusNotification()
    {
        await using Endpoint endpoint = await Endpoint.StartAsync(csms =>
            csms.On(
                (BootNotificationRequest _) =>
                    new BootNotificationResponse
                    {
                        Status = RegistrationStatusEnumType.Accepted,
                        CurrentTime = s_time,
                        Interval = 60,
                    }
            )
        );
        await using ChargingStation station = await ChargingStation.ConnectAsync(
            endpoint.Connection,
            new StationCertificatesOptions
            {
                Versions = [V201StationSigning.Instance],
                OrganizationName = Endpoint.OrganizationName,
                SerialNumber = Endpoint.Station,
                Keys = new FileKeyStore(endpoint.Locate("keys")),
                StateFile = endpoint.Locate("certificates.json"),
                TrustedRoots = [endpoint.Authority.Root],
            },
            CancellationToken.None
        );

        Assert.Equal(OcppClientState.Connected, station.Client.State);
        Assert.Contains(endpoint.Frames, frame => frame.Contains("\"NotSupported\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_CSMS_decides_the_same_in_OCPP_1_6()
    {
        await using Endpoint endpoint = await Endpoint.StartAsync(csms => Handlers16.AddTo(csms, NewCharging()));
        await using var client = new OcppClient(V16.Ocpp16Protocol.Instance, endpoint.Connection);
        await client.ConnectAsync();

        Assert.Equal(V16.AuthorizationStatus.Accepted, await AuthorizeAsync("04a2b3"));
        Assert.Equal(V16.AuthorizationStatus.Blocked, await AuthorizeAsync("04BAD0"));
        Assert.Equal(V16.AuthorizationStatus.Invalid, await AuthorizeAsync("04FFFF"));
        V16.StartTransactionResponse first = await StartAsync("04A2B3");
        V16.StartTransactionResponse second = await StartAsync("04BAD0");
        Assert.Equal(V16.AuthorizationStatus.Accepted, first.IdTagInfo.Status);
        Assert.Equal(V16.AuthorizationStatus.Blocked, second.IdTagInfo.Status);
        Assert.NotEqual(first.TransactionId, second.TransactionId);
        Assert.Equal(V16.AuthorizationStatus.Accepted, (await StopAsync("04A2B3")).IdTagInfo?.Status);
        Assert.Null((await StopAsync(null)).IdTagInfo);
        Assert.Equal(
            V16.DataTransferStatus.UnknownVendorId,
            (await client.CallAsync(new V16.DataTransferRequest { VendorId = "com.example" })).Status
        );

        async Task<V16.AuthorizationStatus> AuthorizeAsync(string tag) =>
            (await client.CallAsync(new V16.AuthorizeRequest { IdTag = tag })).IdTagInfo.Status;

        Task<V16.StartTransactionResponse> StartAsync(string tag) =>
            client.CallAsync(
                new V16.StartTransactionRequest
                {
                    ConnectorId = 1,
                    IdTag = tag,
                    MeterStart = 0,
                    Timestamp = s_time,
                }
            );

        Task<V16.StopTransactionResponse> StopAsync(string? tag) =>
            client.CallAsync(
                new V16.StopTransactionRequest
                {
                    TransactionId = first.TransactionId,
                    IdTag = tag,
                    MeterStop = 1,
                    Timestamp = s_time,
                }
            );
    }

    [Fact]
    public async Task The_CSMS_decides_the_same_in_OCPP_2_1()
    {
        await using Endpoint endpoint = await Endpoint.StartAsync(csms => Handlers21.AddTo(csms, NewCharging()));
        await using var client = new OcppClient(V21.Ocpp21Protocol.Instance, endpoint.Connection);
        await client.ConnectAsync();

        Assert.Equal(V21.AuthorizationStatusEnumType.Accepted, await AuthorizeAsync("04a2b3", "ISO14443"));
        Assert.Equal(V21.AuthorizationStatusEnumType.Blocked, await AuthorizeAsync("04BAD0", "ISO14443"));
        Assert.Equal(V21.AuthorizationStatusEnumType.Unknown, await AuthorizeAsync("04FFFF", "ISO14443"));
        Assert.Equal(V21.AuthorizationStatusEnumType.Accepted, await AuthorizeAsync("", "NoAuthorization"));

        async Task<V21.AuthorizationStatusEnumType> AuthorizeAsync(string token, string type)
        {
            var idToken = new V21.IdTokenType { IdToken = token, Type = type };
            V21.AuthorizeResponse authorized = await client.CallAsync(new V21.AuthorizeRequest { IdToken = idToken });
            V21.TransactionEventResponse started = await client.CallAsync(
                new V21.TransactionEventRequest
                {
                    EventType = V21.TransactionEventEnumType.Started,
                    Timestamp = s_time,
                    TriggerReason = V21.TriggerReasonEnumType.Authorized,
                    SeqNo = 0,
                    TransactionInfo = new V21.TransactionType { TransactionId = "T-1" },
                    IdToken = idToken,
                }
            );
            Assert.Equal(authorized.IdTokenInfo, started.IdTokenInfo);
            return authorized.IdTokenInfo.Status;
        }
    }

    private static Charging NewCharging() =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection([new("IdTokens:04A2B3", "Accepted"), new("IdTokens:04BAD0", "Blocked")])
                .Build(),
            TimeProvider.System
        );

    private static IdTokenType Token(string token) => new() { IdToken = token, Type = IdTokenEnumType.ISO14443 };

    private static async Task<AuthorizationStatusEnumType> AuthorizeAsync(OcppClient client, string token) =>
        (await client.CallAsync(new AuthorizeRequest { IdToken = Token(token) })).IdTokenInfo.Status;

    private static TransactionEventRequest Event(IdTokenType? token) =>
        new()
        {
            EventType = TransactionEventEnumType.Started,
            Timestamp = s_time,
            TriggerReason = TriggerReasonEnumType.Authorized,
            SeqNo = 0,
            TransactionInfo = new TransactionType { TransactionId = "T-1" },
            IdToken = token,
        };
}

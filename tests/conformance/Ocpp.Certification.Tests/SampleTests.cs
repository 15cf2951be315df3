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
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("IdTokens:04A2B3", "Accepted"), new("IdTokens:04BAD0", "Blocked")])
            .Build();
        await using Endpoint endpoint = await Endpoint.StartAsync(new Charging(configuration).AddTo);
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

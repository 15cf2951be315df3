using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Authentication;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V16;
using Ocpp.V201;
using Ocpp.V21;
using Ocpp.Versions;

namespace Ocpp.AspNetCore.Tests;

/// <summary>A01: a new password for a station, over the wire, with crashes of the CSMS at any point.</summary>
public sealed class StationPasswordsTests
{
    private const string Identity = "CS-1";
    private const string OldPassword = "correct-horse-battery";

    private static readonly OcppProtocol[] s_protocols =
    [
        Ocpp21Protocol.Instance,
        Ocpp201Protocol.Instance,
        Ocpp16Protocol.Instance,
    ];

    private readonly StationList _stations = new()
    {
        new OcppStationAccount { Identity = Identity, PasswordHash = OcppPassword.Hash(OldPassword, 1000) },
    };

    [Theory]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    [InlineData("ocpp1.6")]
    public async Task A01_FR_03_When_the_station_has_connected_with_its_new_password_the_old_one_is_refused(
        string version
    )
    {
        await using Csms csms = await StartAsync();
        var station = new Station(version);
        await station.ConnectAsync(csms, OldPassword);

        Assert.Equal(OcppPasswordStatus.Accepted, await ChangeAsync(csms));

        string password = Assert.Single(station.Received);
        Assert.Matches(version == "ocpp1.6" ? "^[0-9A-F]{40}$" : "^[0-9A-Za-z]{40}$", password);
        Assert.Equal(2, _stations.HashesOf(Identity).Count);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, OldPassword));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, password));
        string hash = Assert.Single(_stations.HashesOf(Identity));
        Assert.True(OcppPassword.Verify(password, hash));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(csms, OldPassword));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, password));
        Assert.Equal(
            [
                $"{Identity}: the station has taken a new password: Accepted.",
                $"{Identity}: the station uses its new password; earlier ones are refused.",
            ],
            PasswordLines(csms)
        );
        Assert.DoesNotContain(csms.Log.Of("Ocpp"), line => line.Contains(password, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    [InlineData("ocpp1.6")]
    public async Task A01_FR_04_A_password_that_the_station_rejects_does_not_count(string version)
    {
        await using Csms csms = await StartAsync();
        var station = new Station(version) { Status = OcppPasswordStatus.Rejected };
        await station.ConnectAsync(csms, OldPassword);

        Assert.Equal(OcppPasswordStatus.Rejected, await ChangeAsync(csms));

        Assert.True(OcppPassword.Verify(OldPassword, Assert.Single(_stations.HashesOf(Identity))));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(csms, station.Received[0]));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, OldPassword));
        Assert.Equal([$"{Identity}: the station has not taken a new password."], PasswordLines(csms));
    }

    [Theory]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    [InlineData("ocpp1.6")]
    public async Task A_station_that_has_to_reboot_first_keeps_its_old_password_until_then(string version)
    {
        await using Csms csms = await StartAsync();
        var station = new Station(version) { Status = OcppPasswordStatus.RebootRequired };
        await station.ConnectAsync(csms, OldPassword);

        Assert.Equal(OcppPasswordStatus.RebootRequired, await ChangeAsync(csms));

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, OldPassword));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, OldPassword));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, station.Received[0]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(csms, OldPassword));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_CSMS_that_is_restarted_before_the_response_locks_nobody_out(bool hasTaken)
    {
        var station = new Station("ocpp2.0.1") { Answers = false };
        await using (Csms killed = await StartAsync())
        {
            await station.ConnectAsync(killed, OldPassword);
            Task<OcppPasswordStatus> changing = ChangeAsync(killed);
            await station.Asked;
            await killed.StopAsync();
            await Assert.ThrowsAnyAsync<OcppException>(() => changing);
            Assert.Equal(
                [
                    $"{Identity}: it is not known whether the station has taken a new password: both passwords are "
                        + "accepted.",
                ],
                PasswordLines(killed)
            );
        }

        await using Csms csms = await StartAsync();
        string used = hasTaken ? station.Received[0] : OldPassword;
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, used));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, used));
        Assert.Equal(
            hasTaken ? HttpStatusCode.Unauthorized : HttpStatusCode.SwitchingProtocols,
            await StatusOfAsync(csms, OldPassword)
        );
    }

    [Fact]
    public async Task A_CSMS_that_is_killed_after_any_write_to_its_store_locks_nobody_out()
    {
        for (int writes = 0; writes < 2; writes++)
        {
            var stations = new StationList
            {
                new OcppStationAccount { Identity = Identity, PasswordHash = OcppPassword.Hash(OldPassword, 1000) },
            };
            var station = new Station("ocpp2.0.1");
            await using (Csms killed = await StartAsync(new DyingStore(stations, writes)))
            {
                await station.ConnectAsync(killed, OldPassword);
                if (writes == 0)
                {
                    await Assert.ThrowsAsync<IOException>(() => ChangeAsync(killed));
                    Assert.Empty(station.Received);
                }
                else
                {
                    await ChangeAsync(killed);
                    // The old password can't be dropped, which keeps no station out.
                    Assert.Equal(
                        HttpStatusCode.SwitchingProtocols,
                        await StatusOfAsync(killed, Assert.Single(station.Received))
                    );
                }
            }

            await using Csms csms = await StartAsync(stations);
            string inUse = station.Received.Count > 0 ? station.Received[0] : OldPassword;
            Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, inUse));
            Assert.True(OcppPassword.Verify(inUse, stations.HashesOf(Identity)[0]));
        }
    }

    [Fact]
    public async Task A_second_change_before_the_first_is_used_keeps_what_the_station_may_have()
    {
        await using Csms csms = await StartAsync();
        var station = new Station("ocpp2.0.1") { Status = OcppPasswordStatus.RebootRequired };
        await station.ConnectAsync(csms, OldPassword);
        await ChangeAsync(csms);
        station.Status = OcppPasswordStatus.Rejected;
        await ChangeAsync(csms);
        Assert.Equal(2, _stations.HashesOf(Identity).Count);
        station.Status = OcppPasswordStatus.Accepted;
        await ChangeAsync(csms);

        // Which of the two reached the station last is not known: their requests may have crossed.
        Assert.Equal(3, _stations.HashesOf(Identity).Count);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(csms, station.Received[1]));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, OldPassword));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, station.Received[2]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(csms, OldPassword));
    }

    [Fact]
    public async Task No_more_passwords_are_kept_than_three_that_may_have_been_taken()
    {
        await using Csms csms = await StartAsync();
        var station = new Station("ocpp2.0.1") { Error = OcppErrorCode.InternalError };
        await station.ConnectAsync(csms, OldPassword);
        for (int i = 0; i < OcppStationPasswords.MaxUnused; i++)
        {
            await Assert.ThrowsAsync<OcppCallErrorException>(() => ChangeAsync(csms));
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => ChangeAsync(csms));

        Assert.Equal(3, station.Received.Count);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, station.Received[1]));
        Assert.Equal(2, _stations.HashesOf(Identity).Count); // and the third, which is later
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(csms, station.Received[0]));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusOfAsync(csms, station.Received[2]));
    }

    [Theory]
    [InlineData("ocpp2.0.1", OcppErrorCode.NotImplemented)]
    [InlineData("ocpp2.1", OcppErrorCode.NotSupported)]
    [InlineData("ocpp1.6", OcppErrorCode.SecurityError)]
    public async Task A_password_in_a_message_that_the_station_refuses_does_not_count(
        string version,
        OcppErrorCode code
    )
    {
        await using Csms csms = await StartAsync();
        var station = new Station(version) { Error = code };
        await station.ConnectAsync(csms, OldPassword);
        for (int i = 0; i <= OcppStationPasswords.MaxUnused; i++)
        {
            var error = await Assert.ThrowsAsync<OcppCallErrorException>(() => ChangeAsync(csms));
            Assert.Equal(code, error.ErrorCode);
        }

        Assert.True(OcppPassword.Verify(OldPassword, Assert.Single(_stations.HashesOf(Identity))));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(csms, station.Received[0]));
        Assert.All(
            PasswordLines(csms),
            line => Assert.Equal($"{Identity}: the station has not taken a new password.", line)
        );
        Assert.Equal(OcppStationPasswords.MaxUnused + 1, PasswordLines(csms).Count());
    }

    [Fact]
    public async Task A_station_that_is_not_connected_keeps_its_password()
    {
        await using Csms csms = await StartAsync();

        await Assert.ThrowsAsync<OcppStationNotConnectedException>(() => ChangeAsync(csms));

        Assert.Single(_stations.HashesOf(Identity));
    }

    [Fact]
    public async Task A_store_that_does_not_keep_passwords_is_reported_before_anything_is_sent()
    {
        await using Csms csms = await StartAsync(new ReadOnlyStore(_stations));
        var station = new Station("ocpp2.0.1");
        await station.ConnectAsync(csms, OldPassword);

        await Assert.ThrowsAsync<NotSupportedException>(() => ChangeAsync(csms));

        Assert.Empty(station.Received);
    }

    private Task<Csms> StartAsync(IOcppStationStore? store = null) =>
        Csms.StartAsync(store: store ?? _stations, protocols: s_protocols);

    private static Task<OcppPasswordStatus> ChangeAsync(Csms csms) =>
        csms.Services.GetRequiredService<OcppStationPasswords>().ChangeAsync(Identity).WaitAsync(CsmsHost.Patience);

    private static Task<HttpStatusCode> StatusOfAsync(Csms csms, string password) =>
        csms.StatusOfAsync(Identity, options => Configure(options, "ocpp2.0.1", password));

    private static void Configure(ClientWebSocketOptions options, string version, string password)
    {
        options.AddSubProtocol(version);
        options.SetRequestHeader(
            "Authorization",
            $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Identity}:{password}"))}"
        );
    }

    private static IEnumerable<string> PasswordLines(Csms csms) =>
        csms.Log.Of("Ocpp").Where(line => line.Contains(" new password", StringComparison.Ordinal));

    /// <summary>A station that notes the passwords that it gets.</summary>
    private sealed class Station
    {
        private readonly string _version;
        private readonly OcppHandlers _handlers = new(s_protocols);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Station(string version)
        {
            _version = version;
            _handlers.On(
                async (V201.SetVariablesRequest request) =>
                {
                    V201.SetVariableDataType data = Assert.Single(request.SetVariableData);
                    await TakeAsync($"{data.Component.Name}.{data.Variable.Name}", data.AttributeValue);
                    return new V201.SetVariablesResponse
                    {
                        SetVariableResult =
                        [
                            new V201.SetVariableResultType
                            {
                                Component = data.Component,
                                Variable = data.Variable,
                                AttributeStatus = Enum.Parse<V201.SetVariableStatusEnumType>(Status.ToString()),
                            },
                        ],
                    };
                }
            );
            _handlers.On(
                async (V21.SetVariablesRequest request) =>
                {
                    V21.SetVariableDataType data = Assert.Single(request.SetVariableData);
                    await TakeAsync($"{data.Component.Name}.{data.Variable.Name}", data.AttributeValue);
                    return new V21.SetVariablesResponse
                    {
                        SetVariableResult =
                        [
                            new V21.SetVariableResultType
                            {
                                Component = data.Component,
                                Variable = data.Variable,
                                AttributeStatus = Enum.Parse<V21.SetVariableStatusEnumType>(Status.ToString()),
                            },
                        ],
                    };
                }
            );
            _handlers.On(
                async (ChangeConfigurationRequest request) =>
                {
                    await TakeAsync(request.Key, request.Value);
                    return new ChangeConfigurationResponse
                    {
                        Status = Enum.Parse<ConfigurationStatus>(Status.ToString()),
                    };
                }
            );
        }

        public OcppPasswordStatus Status { get; set; } = OcppPasswordStatus.Accepted;

        public bool Answers { get; init; } = true;

        /// <summary>The error that the station responds with, in the place of a status.</summary>
        public OcppErrorCode? Error { get; init; }

        public List<string> Received { get; } = [];

        public Task Asked => _asked.Task.WaitAsync(CsmsHost.Patience);

        public async Task ConnectAsync(Csms csms, string password)
        {
            await csms.ConnectAsync(Identity, _handlers, options => Configure(options, _version, password));
            await csms.ConnectedAsync();
        }

        private async Task TakeAsync(string variable, string password)
        {
            Assert.Equal(_version == "ocpp1.6" ? "AuthorizationKey" : "SecurityCtrlr.BasicAuthPassword", variable);
            Received.Add(password);
            _asked.TrySetResult();
            if (Error is { } error)
            {
                throw new OcppCallErrorException(error);
            }

            if (!Answers)
            {
                await Task.Delay(Timeout.Infinite);
            }
        }
    }

    /// <summary>Fails after some writes, as the store of a process that is killed.</summary>
    private sealed class DyingStore(StationList stations, int writes) : IOcppStationStore
    {
        private int _left = writes;

        public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
            stations.FindAsync(login, cancellationToken);

        public ValueTask<bool> TryReplacePasswordsAsync(
            string identity,
            IReadOnlyList<string> expected,
            IReadOnlyList<string> hashes,
            CancellationToken cancellationToken
        ) =>
            _left-- > 0
                ? stations.TryReplacePasswordsAsync(identity, expected, hashes, cancellationToken)
                : throw new IOException("The process was killed.");
    }

    private sealed class ReadOnlyStore(StationList stations) : IOcppStationStore
    {
        public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
            stations.FindAsync(login, cancellationToken);
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Authentication;
using Ocpp.AspNetCore.Tests.Running;

namespace Ocpp.AspNetCore.Tests;

/// <summary>A station logs in while others that are unknown or have wrong passwords keep the CSMS busy.</summary>
public sealed class LoginLoadTests : IDisposable
{
    private const string Password = "correct-horse-battery";
    private const string Hash = "of CS-1";
    private const string OtherHash = "of CS-2";

    private readonly SemaphoreSlim _goOn = new(0);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The hashes with which passwords were compared.</summary>
    private readonly ConcurrentQueue<string> _checked = [];

    public void Dispose() => _goOn.Dispose();

    [Fact]
    public async Task A_station_logs_in_behind_400_unknown_identities_none_of_which_is_hashed()
    {
        await using Csms csms = await StartAsync();

        Task<HttpStatusCode>[] unknown =
        [
            .. Enumerable
                .Range(0, 400)
                .Select(number => csms.StatusOfAsync($"CS-X{number}", With($"CS-X{number}", Password))),
        ];
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", With("CS-1", Password)));
        Assert.All(await Task.WhenAll(unknown), status => Assert.Equal(HttpStatusCode.NotFound, status));
        Assert.Equal([Hash], _checked);
    }

    [Fact]
    public async Task What_can_not_be_right_is_refused_without_a_hash()
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-1", With("CS-2", Password)));
        Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-1", With("CS-1", "short")));
        Assert.Equal(HttpStatusCode.Unauthorized, await csms.StatusOfAsync("CS-3", With("CS-3", Password)));
        Assert.Empty(_checked);
    }

    [Fact]
    public async Task A_station_logs_in_while_wrong_passwords_of_another_one_are_refused_to_come_later()
    {
        await using Csms csms = await StartAsync();
        List<Task<ClientWebSocket>> wrong = [csms.OpenAsync("CS-2", With("CS-2", Password))];
        await _begun.Task.WaitAsync(CsmsHost.Patience);
        wrong.AddRange(Enumerable.Range(1, 99).Select(_ => csms.OpenAsync("CS-2", With("CS-2", Password))));

        // One is checked and two wait: the others need not.
        for (int refused = 0; refused < 97; refused++)
        {
            Task<ClientWebSocket> first = await Task.WhenAny(wrong).WaitAsync(CsmsHost.Patience);
            wrong.Remove(first);
            using ClientWebSocket socket = await first;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, socket.HttpStatusCode);
            Assert.Equal("10", Assert.Single(socket.HttpResponseHeaders!["Retry-After"]));
            Assert.False(socket.HttpResponseHeaders.ContainsKey("WWW-Authenticate"));
        }

        Task<HttpStatusCode> good = csms.StatusOfAsync("CS-1", With("CS-1", Password));
        _goOn.Release(3);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await good);
        foreach (ClientWebSocket socket in await Task.WhenAll(wrong))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
            socket.Dispose();
        }

        Assert.Equal([Hash, OtherHash, OtherHash, OtherHash], _checked.Order());
    }

    private static Action<ClientWebSocketOptions> With(string identity, string password) =>
        options =>
        {
            options.AddSubProtocol("ocpp2.0.1");
            options.SetRequestHeader(
                "Authorization",
                $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{identity}:{password}"))}"
            );
        };

    /// <summary>The password of CS-1 is right at once; that of CS-2 is wrong when the test says so.</summary>
    private Task<Csms> StartAsync() =>
        Csms.StartAsync(
            store: new StationList
            {
                new OcppStationAccount { Identity = "CS-1", PasswordHash = Hash },
                new OcppStationAccount { Identity = "CS-2", PasswordHash = OtherHash },
                new OcppStationAccount { Identity = "CS-3" },
            },
            services: services =>
                services.AddSingleton(
                    new PasswordChecks(
                        1,
                        100,
                        (_, hash) =>
                        {
                            _checked.Enqueue(hash);
                            if (hash == Hash)
                            {
                                return true;
                            }

                            _begun.TrySetResult();
                            return !_goOn.Wait(CsmsHost.Patience);
                        }
                    )
                )
        );
}

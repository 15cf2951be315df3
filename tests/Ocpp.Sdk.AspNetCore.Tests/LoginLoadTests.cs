using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Tests.Running;

namespace Ocpp.AspNetCore.Tests;

public sealed class LoginLoadTests
{
    private const string Password = "correct-horse-battery";
    private const string OtherPassword = "wrong-horse-battery!";

    // So many rounds that hashing 400 of them would take longer than a test is waited for.
    private static readonly string s_slowHash = OcppPassword.Hash(OtherPassword, 5_000_000);

    [Fact]
    public async Task A_station_logs_in_behind_400_unknown_identities_none_of_which_is_hashed()
    {
        await using Csms csms = await Csms.StartAsync(store: new StationList
        {
            new OcppStation { Identity = "CS-1", PasswordHash = OcppPassword.Hash(Password, 1000) },
        });

        Task<HttpStatusCode>[] unknown = [.. Enumerable.Range(0, 400).Select(number => csms.StatusOfAsync($"CS-X{number}", With($"CS-X{number}", Password)))];
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync("CS-1", With("CS-1", Password)));
        Assert.All(await Task.WhenAll(unknown), status => Assert.Equal(HttpStatusCode.NotFound, status));
    }

    [Fact]
    public async Task What_can_not_be_right_is_refused_without_a_hash()
    {
        await using Csms csms = await Csms.StartAsync(store: new StationList
        {
            new OcppStation { Identity = "CS-1", PasswordHash = s_slowHash },
            new OcppStation { Identity = "CS-2" },
        });

        // Each of them takes a second where it is hashed.
        HttpStatusCode[] statuses = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => (number % 3) switch
        {
            0 => csms.StatusOfAsync("CS-1", With("CS-2", Password)),
            1 => csms.StatusOfAsync("CS-1", With("CS-1", "short")),
            _ => csms.StatusOfAsync("CS-2", With("CS-2", Password)),
        }));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    [Fact]
    public async Task A_station_logs_in_while_wrong_passwords_of_another_one_are_refused_to_come_later()
    {
        const int Guesses = 100;
        const int Checked = 3; // One under way, and two that wait.
        string hash = OcppPassword.Hash(OtherPassword, 1000);
        using var isFull = new ManualResetEventSlim();
        var checks = new PasswordChecks(maxRunning: 1, maxWaiting: Guesses, (password, of) =>
        {
            if (of == hash)
            {
                isFull.Wait();
            }

            return OcppPassword.Verify(password, of);
        });
        await using Csms csms = await Csms.StartAsync(
            store: new StationList
            {
                new OcppStation { Identity = "CS-1", PasswordHash = OcppPassword.Hash(Password, 1000) },
                new OcppStation { Identity = "CS-2", PasswordHash = hash },
            },
            services: services => services.AddSingleton(checks));
        Task<ClientWebSocket>[] wrong = [.. Enumerable.Range(0, Guesses).Select(_ => csms.OpenAsync("CS-2", With("CS-2", Password)))];
        List<Task<ClientWebSocket>> open = [.. wrong];
        while (open.Count > Checked)
        {
            open.Remove(await Task.WhenAny(open));
        }

        Task<HttpStatusCode> right = csms.StatusOfAsync("CS-1", With("CS-1", Password));
        isFull.Set();
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await right);

        ClientWebSocket[] guesses = await Task.WhenAll(wrong);
        Assert.All(guesses, guess => Assert.True(guess.HttpStatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.ServiceUnavailable));
        ClientWebSocket[] later = [.. guesses.Where(guess => guess.HttpStatusCode == HttpStatusCode.ServiceUnavailable)];
        Assert.InRange(later.Length, Guesses - Checked, Guesses - 1);
        Assert.All(later, guess => Assert.Equal("10", Assert.Single(guess.HttpResponseHeaders!["Retry-After"])));
        Assert.All(later, guess => Assert.False(guess.HttpResponseHeaders!.ContainsKey("WWW-Authenticate")));
        Array.ForEach(guesses, guess => guess.Dispose());
    }

    private static Action<ClientWebSocketOptions> With(string identity, string password) => options =>
    {
        options.AddSubProtocol("ocpp2.0.1");
        options.SetRequestHeader("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{identity}:{password}"))}");
    };
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Ocpp.AspNetCore.Authentication;

namespace Ocpp.AspNetCore.Tests;

/// <summary>The queue of passwords, with a check that takes as long as the test wants.</summary>
public sealed class PasswordChecksTests : IDisposable
{
    private const string Password = "0123456789abcdef";

    private static readonly byte[] s_password = Encoding.UTF8.GetBytes(Password);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly BlockingCollection<string> _begun = [];
    private readonly SemaphoreSlim _goOn = new(0);

    public void Dispose()
    {
        _begun.Dispose();
        _goOn.Dispose();
    }

    [Fact]
    public async Task One_password_more_than_may_wait_is_refused_at_once()
    {
        PasswordChecks checks = Create(maxRunning: 1, maxWaiting: 2);
        Task<PasswordVerdict>[] taken = [Check(checks, "CS-1"), Check(checks, "CS-2"), Check(checks, "CS-3")];
        Assert.Equal("CS-1", Begun());

        Assert.Equal(PasswordVerdict.Busy, await Check(checks, "CS-4").WaitAsync(s_patience));

        _goOn.Release(3);
        Assert.All(
            await Task.WhenAll(taken).WaitAsync(s_patience),
            verdict => Assert.Equal(PasswordVerdict.Right, verdict)
        );
        Assert.Equal(["CS-2", "CS-3"], [Begun(), Begun()]);
    }

    [Fact]
    public async Task No_more_are_checked_at_once_than_may_be_and_not_on_the_thread_pool()
    {
        bool isPooled = true;
        int most = 0;
        int now = 0;
        var checks = new PasswordChecks(
            2,
            100,
            (_, _) =>
            {
                isPooled &= Thread.CurrentThread.IsThreadPoolThread;
                int count = Interlocked.Increment(ref now);
                InterlockedMax(ref most, count);
                _goOn.Wait(s_patience);
                Interlocked.Decrement(ref now);
                return true;
            }
        );
        Task<PasswordVerdict>[] all = [.. Enumerable.Range(0, 20).Select(number => Check(checks, $"CS-{number}"))];
        _goOn.Release(20);

        await Task.WhenAll(all).WaitAsync(s_patience);

        Assert.InRange(most, 1, 2);
        Assert.False(isPooled);
    }

    [Fact]
    public async Task Addresses_take_turns_so_that_one_that_guesses_holds_nobody_up()
    {
        PasswordChecks checks = Create(maxRunning: 1, maxWaiting: 100);
        List<Task<PasswordVerdict>> all =
        [
            .. Enumerable.Range(0, 50).Select(number => Check(checks, $"guess {number}", "203.0.113.1")),
        ];
        Assert.Equal("guess 0", Begun());
        all.Add(Check(checks, "good", "203.0.113.2"));

        _goOn.Release(51);
        await Task.WhenAll(all).WaitAsync(s_patience);

        Assert.Equal(["guess 1", "good", "guess 2"], [Begun(), Begun(), Begun()]);
    }

    [Fact]
    public async Task When_no_more_may_wait_the_address_with_the_most_gives_way()
    {
        PasswordChecks checks = Create(maxRunning: 1, maxWaiting: 3);
        Task<PasswordVerdict>[] guesses =
        [
            .. Enumerable.Range(0, 4).Select(number => Check(checks, $"guess {number}", "203.0.113.1")),
        ];
        Assert.Equal("guess 0", Begun());

        Task<PasswordVerdict> good = Check(checks, "good", "203.0.113.2");

        Assert.Equal(PasswordVerdict.Busy, await guesses[3].WaitAsync(s_patience));
        Assert.Equal(PasswordVerdict.Busy, await Check(checks, "guess 4", "203.0.113.1").WaitAsync(s_patience));
        _goOn.Release(4);
        Assert.Equal(PasswordVerdict.Right, await good.WaitAsync(s_patience));
        Assert.All(
            await Task.WhenAll(guesses[..3]).WaitAsync(s_patience),
            verdict => Assert.Equal(PasswordVerdict.Right, verdict)
        );
    }

    [Fact]
    public async Task Addresses_of_one_IPv6_site_count_as_one()
    {
        PasswordChecks checks = Create(maxRunning: 1, maxWaiting: 1);
        Task<PasswordVerdict> first = Check(checks, "guess 0", "2001:db8:0:1::1");
        Assert.Equal("guess 0", Begun());
        Task<PasswordVerdict> second = Check(checks, "guess 1", "2001:db8:0:1::2");

        Assert.Equal(PasswordVerdict.Busy, await Check(checks, "guess 2", "2001:db8:0:1::3").WaitAsync(s_patience));

        _goOn.Release(2);
        await Task.WhenAll(first, second).WaitAsync(s_patience);
    }

    [Fact]
    public async Task Two_passwords_of_one_station_may_wait()
    {
        PasswordChecks checks = Create(maxRunning: 1, maxWaiting: 100);
        Task<PasswordVerdict> running = Check(checks, "CS-1");
        Assert.Equal("CS-1", Begun());
        Task<PasswordVerdict>[] waiting = [Check(checks, "cs-1"), Check(checks, "CS-1")];

        Assert.Equal(PasswordVerdict.Busy, await Check(checks, "CS-1").WaitAsync(s_patience));

        _goOn.Release(4);
        Assert.Equal(PasswordVerdict.Right, await Check(checks, "CS-2").WaitAsync(s_patience));
        await Task.WhenAll([running, .. waiting]).WaitAsync(s_patience);
    }

    [Fact]
    public async Task A_station_that_goes_gives_its_place_back()
    {
        PasswordChecks checks = Create(maxRunning: 1, maxWaiting: 1);
        using var gone = new CancellationTokenSource();
        Task<PasswordVerdict> running = Check(checks, "CS-1");
        Assert.Equal("CS-1", Begun());
        Task<PasswordVerdict> leaving = Check(checks, "CS-2", cancellationToken: gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Task<PasswordVerdict> next = Check(checks, "CS-3");
        _goOn.Release(2);
        Assert.Equal(PasswordVerdict.Right, await next.WaitAsync(s_patience));
        Assert.Equal("CS-3", Begun());
        await running;
    }

    [Fact]
    public async Task A_password_that_none_can_be_does_not_wait()
    {
        PasswordChecks checks = Create(maxRunning: 1, maxWaiting: 1);

        Assert.Equal(
            PasswordVerdict.Wrong,
            await checks.CheckAsync("short"u8.ToArray(), "hash", "CS-1", null, CancellationToken.None)
        );
        Assert.Empty(_begun);
    }

    [Fact]
    public async Task A_hash_in_another_form_fails_its_own_check_and_no_other()
    {
        var checks = new PasswordChecks(1, 100, (password, hash) => OcppPassword.Verify(password, hash));

        await Assert.ThrowsAsync<FormatException>(() =>
            checks.CheckAsync(s_password, "hash", "CS-1", null, CancellationToken.None)
        );
        Assert.Equal(
            PasswordVerdict.Right,
            await checks.CheckAsync(s_password, OcppPassword.Hash(Password, 1), "CS-1", null, CancellationToken.None)
        );
    }

    private static Task<PasswordVerdict> Check(
        PasswordChecks checks,
        string identity,
        string address = "203.0.113.9",
        CancellationToken cancellationToken = default
    ) => checks.CheckAsync(s_password, identity, identity, IPAddress.Parse(address), cancellationToken);

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var found && found != seen)
        {
            seen = found;
        }
    }

    /// <summary>The hash of each password is here the name of its station.</summary>
    private PasswordChecks Create(int maxRunning, int maxWaiting) =>
        new(
            maxRunning,
            maxWaiting,
            (_, identity) =>
            {
                _begun.Add(identity);
                return _goOn.Wait(s_patience);
            }
        );

    private string Begun() =>
        _begun.TryTake(out string? identity, s_patience) ? identity : throw new TimeoutException();
}

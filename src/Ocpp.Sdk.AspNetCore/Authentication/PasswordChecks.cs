using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>
/// Checks passwords on a few threads of its own, so that neither the thread pool nor the whole machine is busy with
/// them while thousands of stations come back at once. As many wait as the options allow. Addresses take turns, and the
/// address with the most waiting passwords is refused first: one that guesses keeps nobody else from logging in.
/// </summary>
internal sealed class PasswordChecks
{
    /// <summary>When a station that was refused should come again, in seconds.</summary>
    public const int RetryAfter = 10;

    /// <summary>A station has one login under way, and perhaps another one that it has given up.</summary>
    private const int MaxWaitingPerStation = 2;

    /// <summary>A site has 64 bits of an IPv6 address for itself (RFC 6177): they count as one address.</summary>
    private const int SiteSize = 8;

    private readonly object _gate = new();
    private readonly Func<byte[], string, bool> _verify;
    private readonly int _maxRunning;
    private readonly int _maxWaiting;

    /// <summary>The addresses with waiting passwords: that of the next turn is the first.</summary>
    private readonly LinkedList<PasswordQueue> _turns = new();
    private readonly Dictionary<IPAddress, LinkedListNode<PasswordQueue>> _queues = [];
    private int _waiting;
    private int _checking;
    private int _threads;

    public PasswordChecks(IOptions<OcppOptions> options)
        : this(
            options.Value.MaxPasswordChecks,
            options.Value.MaxWaitingPasswordChecks,
            static (password, hash) => OcppPassword.Verify(password, hash)
        ) { }

    internal PasswordChecks(int maxRunning, int maxWaiting, Func<byte[], string, bool> verify)
    {
        _maxRunning = maxRunning;
        _maxWaiting = maxWaiting;
        _verify = verify;
    }

    /// <summary>Checks a password when its turn comes.</summary>
    /// <exception cref="FormatException">The hash is not one that <see cref="OcppPassword"/> made.</exception>
    /// <exception cref="OperationCanceledException">The station has gone while its password waited.</exception>
    public async Task<PasswordVerdict> CheckAsync(
        byte[] password,
        string hash,
        string identity,
        IPAddress? address,
        CancellationToken cancellationToken
    )
    {
        // None that can't be right takes part, however long it is.
        if (!OcppPassword.IsPossible(password))
        {
            return PasswordVerdict.Wrong;
        }

        IPAddress site = SiteOf(address);
        var check = new PasswordCheck(password, hash, identity);
        PasswordCheck? refused;
        lock (_gate)
        {
            refused = Add(check, site);
            if (refused != check && _threads < _maxRunning)
            {
                _threads++;
                new Thread(Run) { IsBackground = true, Name = "OCPP passwords" }.UnsafeStart();
            }
        }

        refused?.Verdict.TrySetResult(PasswordVerdict.Busy);
        await using (
            cancellationToken.UnsafeRegister(
                static (state, token) =>
                {
                    (PasswordChecks checks, PasswordCheck check, IPAddress site) = ((
                        PasswordChecks,
                        PasswordCheck,
                        IPAddress
                    ))
                        state!;
                    checks.Remove(check, site);
                    check.Verdict.TrySetCanceled(token);
                },
                (this, check, site)
            )
        )
        {
            return await check.Verdict.Task;
        }
    }

    /// <summary>Called under the lock.</summary>
    /// <returns>
    /// The check that is refused, perhaps the new one; <see langword="null"/> if there is room for all.
    /// </returns>
    private PasswordCheck? Add(PasswordCheck check, IPAddress site)
    {
        int own = 0;
        if (_queues.TryGetValue(site, out LinkedListNode<PasswordQueue>? node))
        {
            own = node.Value.Checks.Count;
            if (
                node.Value.Checks.Count(other => OcppIdentity.Comparer.Equals(other.Identity, check.Identity))
                >= MaxWaitingPerStation
            )
            {
                return check;
            }
        }

        PasswordCheck? refused = null;
        if (_waiting + _checking >= _maxWaiting + _maxRunning)
        {
            PasswordQueue? longest = _turns.MaxBy(queue => queue.Checks.Count);
            if (longest is null || own >= longest.Checks.Count)
            {
                return check;
            }

            refused = longest.Checks[^1];
            Remove(_queues[longest.Address], longest.Checks.Count - 1);
        }

        node ??= _queues[site] = _turns.AddLast(new PasswordQueue(site));
        node.Value.Checks.Add(check);
        _waiting++;
        return refused;
    }

    /// <summary>
    /// A thread lives as long as passwords wait: to begin one costs a fraction of what one password does.
    /// </summary>
    private void Run()
    {
        for (PasswordCheck? check = Next(isFirst: true); check is not null; check = Next(isFirst: false))
        {
            try
            {
                check.Verdict.TrySetResult(
                    _verify(check.Password, check.Hash) ? PasswordVerdict.Right : PasswordVerdict.Wrong
                );
            }
            // For example an invalid hash: the waiting caller gets the exception, and the thread continues with the
            // next.
#pragma warning disable CA1031
            catch (Exception exception)
#pragma warning restore CA1031
            {
                check.Verdict.TrySetException(exception);
            }
        }
    }

    private PasswordCheck? Next(bool isFirst)
    {
        lock (_gate)
        {
            _checking -= isFirst ? 0 : 1;
            if (_turns.First is not { } turn)
            {
                _threads--;
                return null;
            }

            _checking++;
            PasswordCheck next = turn.Value.Checks[0];
            _turns.Remove(turn);
            _turns.AddLast(turn);
            Remove(turn, 0);
            return next;
        }
    }

    private void Remove(PasswordCheck check, IPAddress site)
    {
        lock (_gate)
        {
            if (
                _queues.TryGetValue(site, out LinkedListNode<PasswordQueue>? node)
                && node.Value.Checks.IndexOf(check) is >= 0 and var index
            )
            {
                Remove(node, index);
            }
        }
    }

    /// <summary>Called under the lock.</summary>
    private void Remove(LinkedListNode<PasswordQueue> node, int index)
    {
        _waiting--;
        node.Value.Checks.RemoveAt(index);
        if (node.Value.Checks.Count == 0)
        {
            _turns.Remove(node);
            _queues.Remove(node.Value.Address);
        }
    }

    private static IPAddress SiteOf(IPAddress? address)
    {
        if (address is null or { AddressFamily: not AddressFamily.InterNetworkV6 })
        {
            return address ?? IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(SiteSize).Clear();
        return new IPAddress(bytes);
    }
}

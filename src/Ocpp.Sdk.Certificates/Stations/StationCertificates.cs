using System.Threading.Channels;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// A station's certificates, from the key to the connection (OCPP 2.0.1 part 2, A02 and A03): answers triggers, sends
/// CSRs and repeats them, checks what comes, reconnects with it or falls back, renews before expiry, and remembers
/// all that across restarts. Thread-safe.
/// </summary>
/// <remarks>
/// All changes of state are made in one loop, one after the other, and are saved before anything that follows from
/// them is seen outside. A private key is destroyed when the saved state does not name it any more.
/// </remarks>
public sealed partial class StationCertificates : IAsyncDisposable
{
    /// <summary>Immutable; another one takes its place when a setting changes.</summary>
    private volatile StationCertificatesOptions _options;
    private readonly StationChains _chains;
    private readonly Channel<Func<Task>> _commands = Channel.CreateUnbounded<Func<Task>>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _works = [];
    private readonly ITimer _timer;
    private readonly Task _loop;
    private OcppClient? _client;

    private StationCertificates(
        StationCertificatesOptions options,
        StationStateFile file,
        StationState state,
        IEnumerable<PublicKeyId> keys
    )
    {
        _options = options;
        _chains = new StationChains(options);
        _file = file;
        _state = state;
        _keys = [.. keys];
        _timer = options.TimeProvider.CreateTimer(
            _ => Wake(),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _loop = Task.Run(RunAsync);
    }

    /// <summary>
    /// Reads what was remembered, and destroys the keys that it does not name: those of requests that a restart cut
    /// off. Without a state file no key is touched. A certificate or request whose key is gone is given up, and
    /// reported.
    /// </summary>
    /// <exception cref="InvalidDataException">The state file is damaged, or others than its owner can reach
    /// it.</exception>
    /// <exception cref="IOException">The state or the keys can't be read or written.</exception>
    /// <exception cref="ArgumentException">A name, SECC id or country can't be part of a certificate, or there are no
    /// roots.</exception>
    public static async Task<StationCertificates> OpenAsync(
        StationCertificatesOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.StateFile);
        options.CheckSubjects();
        var file = new StationStateFile(options.StateFile);
        StationState? state = file.Read();
        IReadOnlyList<PublicKeyId> keys = state is null
            ? []
            : await options.Keys.ListAsync(cancellationToken).ConfigureAwait(false);
        var certificates = new StationCertificates(options, file, state ?? StationState.Empty, keys);
        if (state is not null)
        {
            await certificates.AskAsync(certificates.TidyAsync).ConfigureAwait(false);
        }

        return certificates;
    }

    /// <summary>
    /// Returns the certificate in use, with its key: for ISO 15118 the one that the station presents to cars, otherwise
    /// the one with which it connects to the CSMS. A combined certificate is both.
    /// </summary>
    /// <param name="uses">What the certificate is for.</param>
    /// <param name="evseId">
    /// The EVSE that a V2G certificate is for. <see langword="null"/> for the station's controller, as is an EVSE that
    /// is not in <see cref="StationCertificatesOptions.EvseSeccIds"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels reading the key.</param>
    /// <returns>
    /// The certificate, which the caller disposes; <see langword="null"/> if there is none. It may have expired.
    /// </returns>
    /// <exception cref="InvalidDataException">The key is damaged, or others than its owner could read it.</exception>
    public async ValueTask<StationCertificate?> GetCurrentAsync(
        CertificateUses uses,
        int? evseId = null,
        CancellationToken cancellationToken = default
    )
    {
        CertificatePurpose purpose = _options.PurposeOf(uses, evseId);
        while (_state.InUse(purpose) is { } held)
        {
            if (await OpenAsync(held, cancellationToken).ConfigureAwait(false) is { } certificate)
            {
                return certificate;
            }

            // Its key was destroyed meanwhile, because another certificate replaced it. Otherwise the key is lost.
            if (_state.InUse(purpose) == held)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>
    /// Makes the options that a client begins with: with the certificate that the station last connected with while
    /// that is valid, else with one that was accepted since; unchanged when it has neither.
    /// </summary>
    /// <exception cref="InvalidDataException">The key is damaged, or others than its owner could read it.</exception>
    public async ValueTask<OcppClientOptions> ApplyToAsync(
        OcppClientOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        StationState state = _state;
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        IEnumerable<HeldCertificate?> inOrder = state.Candidates.Reverse().Prepend(state.ChargingStation);
        HeldCertificate? held = inOrder.FirstOrDefault(one => one?.IsValidAt(now) == true);
        return held is not null && await OpenAsync(held, cancellationToken).ConfigureAwait(false) is { } certificate
            ? _options.ConnectWith(options, certificate)
            : options;
    }

    /// <summary>
    /// From now on sends what is due whenever the client is connected, renews, and reconnects it with new
    /// certificates. To be called when the CSMS has accepted the station's BootNotification: before, a station may
    /// not send anything else. A later client takes the place of the one before.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The service is disposed.</exception>
    public void Use(OcppClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        ObjectDisposedException.ThrowIf(!Post(() => Take(client)), this);
    }

    /// <summary>
    /// Makes a new key pair and asks for a certificate, as a trigger of the CSMS does. Only a trigger, or a
    /// new certificate lets the station renew on its own again after it stopped (A02.FR.19, A02.FR.20).
    /// </summary>
    /// <param name="uses">What the certificate is for.</param>
    /// <param name="evseId">
    /// The EVSE that a V2G certificate is for. <see langword="null"/> for the station's controller, as is an EVSE that
    /// is not in <see cref="StationCertificatesOptions.EvseSeccIds"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting, not the request.</param>
    /// <returns>What the request is known by, in reports too. It is remembered then, and sent as soon as the client
    /// is connected.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// None of <see cref="StationCertificatesOptions.Versions"/> has a certificate for these uses.
    /// </exception>
    /// <exception cref="IOException">The key or the request could not be kept.</exception>
    /// <exception cref="ObjectDisposedException">The service is disposed.</exception>
    public Task<PublicKeyId> RequestAsync(
        CertificateUses uses,
        int? evseId = null,
        CancellationToken cancellationToken = default
    ) =>
        _options.Versions.Any(version => version.Supports(uses))
            ? AskAsync(() => CreateRequestAsync(_options.PurposeOf(uses, evseId), state => state))
                .WaitAsync(cancellationToken)
            : throw new ArgumentOutOfRangeException(nameof(uses), uses, "No version has a certificate for these uses.");

    /// <summary>
    /// Ends all that it does. What is unfinished goes on when the service is opened again. Not to be called by its
    /// call-back.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!_commands.Writer.TryComplete())
        {
            await _loop.ConfigureAwait(false);
            return;
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await Task.WhenAll(_works).ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _watching?.Dispose();
        _ending.Dispose();
    }

    private async ValueTask<StationCertificate?> OpenAsync(HeldCertificate held, CancellationToken cancellationToken)
    {
        using IStationKey? key = await _options.Keys.FindAsync(held.KeyId, cancellationToken).ConfigureAwait(false);
        return key is null ? null : StationCertificate.Create(key, held.Chain);
    }
}

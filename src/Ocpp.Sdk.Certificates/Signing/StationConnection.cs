using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Versions;

namespace Ocpp.Certificates.Signing;

/// <summary>The connection to a station, which comes and goes.</summary>
/// <param name="wake">Called when requests that wait for the station can continue. Must not block.</param>
/// <param name="isShared">Whether the station may connect to other processes in between.</param>
internal sealed class StationConnection(Action wake, bool isShared)
{
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly Dictionary<long, int> _refusals = [];
    private OcppSession? _session;
    private CsmsSigningVersion? _version;
    private (PublicKeyId KeyId, string SerialNumber)? _certificate;
    private bool _isAccepted;
    private bool _isHeldBack;
    private TaskCompletionSource _change = NewSource();
    private DateTimeOffset _mayReportTooManyAt;
    private DateTimeOffset _mayReportPolicyAt;
    private DateTimeOffset _mayReportRepeatAt;

    /// <summary>
    /// Held while a CSR of the station is judged and kept, and while a step with one of its requests is: a request that
    /// is repeated must not be taken for a new one because the old one is finished between the look for it and the
    /// keeping.
    /// </summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The station's session; <see langword="null"/> if it is not connected.</summary>
    public OcppSession? Session
    {
        get
        {
            lock (_gate)
            {
                return OpenSession;
            }
        }
    }

    /// <summary>
    /// The station's session, if the station has shown on it that it is accepted: its BootNotification was answered
    /// Accepted, or another request of it was answered. A station that is pending or rejected is sent nothing (B02,
    /// B03).
    /// </summary>
    public OcppSession? AcceptedSession
    {
        get
        {
            lock (_gate)
            {
                return _isAccepted ? OpenSession : null;
            }
        }
    }

    /// <summary>Whether the station was last answered that it is pending or rejected.</summary>
    public bool IsHeldBack
    {
        get
        {
            lock (_gate)
            {
                return _isHeldBack;
            }
        }
    }

    private OcppSession? OpenSession => _session is { IsOpen: true } ? _session : null;

    /// <summary>The station is connected by this session now.</summary>
    public void Connected(OcppSession session, CsmsSigningVersion version)
    {
        X509Certificate2? certificate = session.Connection.ClientCertificate;
        lock (_gate)
        {
            // A late report of an old connection must not replace a new one.
            if (session == _session || !session.IsOpen)
            {
                return;
            }

            _session = session;
            _version = version;
            _certificate = certificate is null
                ? null
                : (PublicKeyId.Of(certificate.PublicKey), certificate.SerialNumber);
            _isAccepted = false;

            // Another process may have accepted it meanwhile, and a station that comes back need not boot again.
            _isHeldBack &= !isShared;
            Change();
        }

        // Without a certificate there is nothing to be seen before the station has shown that it is accepted.
        if (certificate is not null)
        {
            wake();
        }

        _ = ForgetAsync(session);
    }

    /// <summary>
    /// A request of the station is about to be answered with a response. That it is not accepted counts at once: its
    /// next request may be handled before it is known that the response was sent.
    /// </summary>
    public void Responding(OcppSession session, object response)
    {
        lock (_gate)
        {
            if (session == _session && _version?.ReadRegistration(response) == false)
            {
                (_isHeldBack, _isAccepted) = (true, false);
            }
        }
    }

    /// <summary>A request of the station was answered with a response.</summary>
    public void Responded(OcppSession session, object response)
    {
        lock (_gate)
        {
            if (session != _session)
            {
                return;
            }

            switch (_version?.ReadRegistration(response))
            {
                case true:
                    _isHeldBack = false;
                    break;
                case false:
                    return; // It counts since before, and the station may have been accepted since.
            }

            bool wasAccepted = _isAccepted;
            _isAccepted = !_isHeldBack;
            if (!_isAccepted || wasAccepted)
            {
                return;
            }

            Change();
        }

        wake();
    }

    /// <summary>Whether the station is connected with this very certificate.</summary>
    public bool IsConnectedWith(PublicKeyId keyId, string? serialNumber)
    {
        lock (_gate)
        {
            return _certificate == (keyId, serialNumber!);
        }
    }

    /// <summary>
    /// Ends when the station has connected anew, or has shown that it is accepted. Ask for it before looking.
    /// </summary>
    public Task WhenChangedAsync()
    {
        lock (_gate)
        {
            return _change.Task;
        }
    }

    /// <summary>Whether it is time to report once more that the station asks for too much: once a minute.</summary>
    public bool MayReportTooMany(DateTimeOffset now) => MayReport(ref _mayReportTooManyAt, now);

    /// <summary>
    /// Whether it is time to report once more that a CSR of the station is against the policy: once a minute.
    /// </summary>
    public bool MayReportPolicy(DateTimeOffset now) => MayReport(ref _mayReportPolicyAt, now);

    /// <summary>Whether it is time to report once more that the station repeats a CSR: once a minute.</summary>
    public bool MayReportRepeat(DateTimeOffset now) => MayReport(ref _mayReportRepeatAt, now);

    /// <summary>Counts a CALLERROR to a certificate of a request, in this run.</summary>
    /// <returns>How many there were.</returns>
    public int CountRefusal(long id)
    {
        lock (_gate)
        {
            return _refusals[id] = _refusals.GetValueOrDefault(id) + 1;
        }
    }

    /// <summary>The request is finished.</summary>
    public void ForgetRefusals(long id)
    {
        lock (_gate)
        {
            _refusals.Remove(id);
        }
    }

    private bool MayReport(ref DateTimeOffset mayReportAt, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (now < mayReportAt)
            {
                return false;
            }

            mayReportAt = now + s_reportInterval;
            return true;
        }
    }

    /// <summary>Lets go of a session that has ended.</summary>
    private async Task ForgetAsync(OcppSession session)
    {
        await session.Completion.ConfigureAwait(false);
        lock (_gate)
        {
            if (session == _session)
            {
                _session = null;
            }
        }
    }

    /// <summary>Called under the lock.</summary>
    private void Change()
    {
        _change.TrySetResult();
        _change = NewSource();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kind = Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certificates.Stations;

// From the accepted certificate to the connection with it, or back.
public sealed partial class StationCertificates
{
    /// <summary>What the client just reconnects with.</summary>
    private HeldCertificate? _switching;

    /// <summary>
    /// A02.FR.08: reconnects with the accepted certificate once the response is sent; after a restart, at the next
    /// connect. Beside the loop, for closing the old connection waits for its handlers, and those wait for the loop.
    /// </summary>
    private async Task SwitchAsync(OcppClient client)
    {
        if (_state.Candidates is not [.., HeldCertificate held])
        {
            return;
        }

        X509Certificate2? inUse = client.Options.ClientCertificate;
        if (inUse?.GetCertHashString(HashAlgorithmName.SHA256) == held.Chain.Fingerprint)
        {
            await TakeIntoUseAsync(held).ConfigureAwait(false); // the client began with it: see ApplyToAsync
            return;
        }

        _switching = held;
        Begin(ReconnectAsync(client, held));
    }

    private async Task ReconnectAsync(OcppClient client, HeldCertificate held)
    {
        Func<Task> then;
        try
        {
            StationCertificate certificate =
                await OpenAsync(held, _ending.Token).ConfigureAwait(false)
                ?? throw new InvalidDataException("The key is not in the key store.");
            OcppClientOptions options = _options.ConnectWith(client.Options, certificate);
            bool isOfUse = options.ClientCertificate is not null && options.Url.Scheme == "wss";
            OcppReconnection? outcome = isOfUse
                ? await client.ReconnectAsync(options, _ending.Token).ConfigureAwait(false)
                : null;
            then = outcome is { Failure: { } failure }
                ? () => FallBackAsync(held, failure)
                : () => TakeIntoUseAsync(held);
        }
        catch (Exception exception) when (_ending.IsCancellationRequested || exception is OcppConnectionClosedException)
        {
            then = () => Task.CompletedTask; // the service or the client ends: it goes on after a restart
        }
#pragma warning disable CA1031 // Of the key store, or the application's options: it can't be used.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            then = () => FallBackAsync(held, exception);
        }

        Post(() =>
        {
            _switching = null;
            return then();
        });
    }

    /// <summary>A02.FR.10: the one before is not needed any more, and with it goes its key.</summary>
    private async Task TakeIntoUseAsync(HeldCertificate held)
    {
        await ChangeAsync(
                _state with
                {
                    Candidates = [.. _state.Candidates.Where(one => one != held)],
                    ChargingStation = held,
                    V2G = held.Uses.HasFlag(CertificateUses.Iso15118) ? held : _state.V2G,
                }
            )
            .ConfigureAwait(false);
        Report(Kind.InUse, held.KeyId, held.Uses);
    }

    /// <summary>
    /// A02.FR.28, A02.FR.29: the client is back with the old one; the new one is dropped, and reported to the CSMS.
    /// </summary>
    private async Task FallBackAsync(HeldCertificate held, Exception cause)
    {
        string reason = cause is OcppConnectionFailedException failure
            ? $"No connection with the new certificate: {failure.Reason}."
            : "The new certificate could not be used.";
        Report(Kind.FellBack, held.KeyId, held.Uses, reason, cause);
        StationState state = _state with { Candidates = [.. _state.Candidates.Where(one => one != held)] };
        state = Postponed(state, held.Uses);
        await ChangeAsync(WithEvent(state, PendingSecurityEvent.DiscardedRenewal, reason)).ConfigureAwait(false);
    }
}

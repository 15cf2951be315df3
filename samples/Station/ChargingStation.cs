using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Ocpp.V201;

namespace Station;

/// <summary>
/// The charging station: connects, tells the CSMS of itself, asks for a certificate, and checks what it gets (OCPP 2.0.1
/// part 2, B01, A02 and A03).
/// </summary>
/// <param name="connection">Where the CSMS is, and who the station is.</param>
/// <param name="key">What it wants a certificate for.</param>
/// <param name="operatorRoot">Where the certificate has to come from; anywhere without it.</param>
public sealed class ChargingStation(OcppClientOptions connection, StationKey key, X509Certificate2? operatorRoot)
{
    /// <summary>How long the station waits for CertificateSigned after its CSR was accepted.</summary>
    private static readonly TimeSpan s_signingWait = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource<ReceivedChain> _received = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Does all that, once, and closes the connection.</summary>
    /// <returns>
    /// The chain that the station accepted, its own certificate first, that one with its private key where the station has
    /// it.
    /// </returns>
    /// <exception cref="StationException">Something failed.</exception>
    public async Task<X509Certificate2Collection> GetCertificateAsync(CancellationToken cancellationToken)
    {
        OcppHandlers handlers = new OcppHandlers(Ocpp201Protocol.Instance)
            .On<CertificateSignedRequest, CertificateSignedResponse>((request, _) => CertificateSigned(request));
        await using var client = new OcppClient(handlers, connection);
        try
        {
            await client.ConnectAsync(cancellationToken);
            await BootAsync(client, cancellationToken);
            return await SignAsync(client, cancellationToken);
        }
        catch (Exception e) when (e is OcppConnectException or OcppConnectionClosedException)
        {
            throw new StationException(e.Message, e);
        }
        finally
        {
            // In order: the answer to CertificateSigned may still be on its way.
            await client.CloseAsync();
        }
    }

    private static async Task BootAsync(OcppClient client, CancellationToken cancellationToken)
    {
        BootNotificationResponse boot = await CallAsync(client, new BootNotificationRequest
        {
            ChargingStation = new ChargingStationType { VendorName = "Example", Model = "Sample station" },
            Reason = BootReasonEnumType.PowerUp,
        }, cancellationToken);
        if (boot.Status != RegistrationStatusEnumType.Accepted)
        {
            throw new StationException($"BootNotification: the CSMS answered {boot.Status}. {boot.StatusInfo?.AdditionalInfo}".TrimEnd());
        }

        await CallAsync(client, new StatusNotificationRequest
        {
            Timestamp = DateTimeOffset.UtcNow,
            EvseId = 1,
            ConnectorId = 1,
            ConnectorStatus = ConnectorStatusEnumType.Available,
        }, cancellationToken);
        await TellSecurityEventAsync(client, "StartupOfTheDevice", cancellationToken);
        await CallAsync(client, new HeartbeatRequest(), cancellationToken);
    }

    private async Task<X509Certificate2Collection> SignAsync(OcppClient client, CancellationToken cancellationToken)
    {
        SignCertificateResponse answer = await CallAsync(client, new SignCertificateRequest
        {
            Csr = key.CsrPem,
            CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
        }, cancellationToken);
        if (answer.Status != GenericStatusEnumType.Accepted)
        {
            throw new StationException($"SignCertificate: the CSMS rejected the CSR. {answer.StatusInfo?.AdditionalInfo}".TrimEnd());
        }

        ReceivedChain chain;
        try
        {
            chain = await _received.Task.WaitAsync(s_signingWait, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new StationException($"CertificateSigned: none came within {s_signingWait.TotalSeconds} s.", e);
        }

        if (chain.Problem is not null)
        {
            await TellSecurityEventAsync(client, "InvalidChargingStationCertificate", cancellationToken); // A02.FR.07
            throw new StationException($"CertificateSigned: {chain.Problem}");
        }

        if (key.PrivateKey is not null)
        {
            // With both halves it can be presented in a TLS handshake: a station reconnects with it now (A02.FR.08).
            chain.Certificates[0] = chain.Certificates[0].CopyWithPrivateKey(key.PrivateKey);
        }

        return chain.Certificates;
    }

    private CertificateSignedResponse CertificateSigned(CertificateSignedRequest request)
    {
        ReceivedChain chain = ReceivedChain.Read(request.CertificateChain, key, operatorRoot);
        _received.TrySetResult(chain);
        return chain.Problem is null
            ? new CertificateSignedResponse { Status = CertificateSignedStatusEnumType.Accepted }
            : new CertificateSignedResponse
            {
                Status = CertificateSignedStatusEnumType.Rejected,
                StatusInfo = new StatusInfoType { ReasonCode = "InvalidCertificate", AdditionalInfo = chain.Problem },
            };
    }

    private static async Task TellSecurityEventAsync(OcppClient client, string type, CancellationToken cancellationToken) =>
        await CallAsync(client, new SecurityEventNotificationRequest { Type = type, Timestamp = DateTimeOffset.UtcNow }, cancellationToken);

    /// <summary>Makes a call; when it fails, its name is told too.</summary>
    private static async Task<TResponse> CallAsync<TRequest, TResponse>(
        OcppClient client, IOcppRequest<TRequest, TResponse> request, CancellationToken cancellationToken)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        try
        {
            return await client.CallAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is OcppCallErrorException or OcppValidationException or TimeoutException)
        {
            throw new StationException($"{TRequest.Action}: {e.Message}", e);
        }
    }
}

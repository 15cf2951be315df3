using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.WebSockets;

/// <summary>Opens WebSockets to a CSMS, and names the reason when it can't.</summary>
internal sealed class Connector
{
    private readonly string[] _subprotocols;
    private readonly SslStreamCertificateContext? _certificate;

    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public Connector(OcppClientOptions options, IEnumerable<OcppProtocol> protocols)
    {
        Options = options;
        _subprotocols = [.. protocols.Select(protocol => protocol.Subprotocol)];
        if (options is { Password: not null, AuthorizationKey.IsEmpty: false })
        {
            throw new ArgumentException("Password and AuthorizationKey exclude each other.", nameof(options));
        }

        if (options.ClientCertificate is { } certificate)
        {
            if (options.Url.Scheme != "wss")
            {
                throw new ArgumentException("A client certificate requires a wss URL.", nameof(options));
            }

            _certificate = SslStreamCertificateContext.Create(
                certificate,
                options.ClientCertificateIntermediates,
                offline: true
            );
        }
    }

    public OcppClientOptions Options { get; }

    /// <exception cref="OcppConnectionFailedException">The connection could not be opened.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<WebSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Options.ConnectTimeout, Options.Session.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        WebSocket socket;
        try
        {
            socket = await (Options.Transport?.Invoke(Options, either.Token) ?? OpenAsync(either.Token)).ConfigureAwait(
                false
            );
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(null, exception, cancellationToken);
        }
        catch (Exception exception) when (timeout.IsCancellationRequested)
        {
            throw new OcppConnectionFailedException(
                OcppConnectionFailure.TimedOut,
                $"No connection within {Options.ConnectTimeout}.",
                exception
            );
        }
        catch (Exception exception) when (exception is not OcppConnectionFailedException)
        {
            throw new OcppConnectionFailedException("The transport failed.", exception);
        }

        if (_subprotocols.Contains(socket.SubProtocol, StringComparer.Ordinal))
        {
            return socket;
        }

        socket.Dispose();
        throw NoCommonSubprotocol(null);
    }

    private async Task<WebSocket> OpenAsync(CancellationToken cancellationToken)
    {
        string? certificateErrors = null;
        var socket = new ClientWebSocket();
        try
        {
            Configure(socket.Options);
            // What is open already does not depend on the handler.
            using var http = new HttpMessageInvoker(
                new SocketsHttpHandler
                {
                    // A redirection could carry the password elsewhere.
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    ConnectCallback = OneConnection(),
                    SslOptions = Tls(errors => certificateErrors = errors),
                }
            );
            await socket.ConnectAsync(Options.ConnectionUrl, http, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException exception)
        {
            HttpStatusCode status = socket.HttpStatusCode;
            socket.Dispose();
            throw certificateErrors is null
                ? Explain(exception, status)
                : new OcppConnectionFailedException(
                    OcppConnectionFailure.ServerCertificateRefused,
                    $"The server's certificate was rejected: {certificateErrors}.",
                    exception
                );
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Configure(ClientWebSocketOptions options)
    {
        Array.ForEach(_subprotocols, options.AddSubProtocol);
        options.CollectHttpResponseDetails = true;
        options.KeepAliveInterval = Options.KeepAliveInterval;
#if NET9_0_OR_GREATER
        options.KeepAliveTimeout = Options.KeepAliveTimeout;
#endif
        options.DangerousDeflateOptions = Options.UseCompression ? new WebSocketDeflateOptions() : null;
        if (Options.Authorization is { } authorization)
        {
            options.SetRequestHeader("Authorization", authorization);
        }
    }

    /// <summary>
    /// Opens one connection and no other: the handler would try again up to three times, without a wait, when the line
    /// is cut.
    /// </summary>
    private static Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> OneConnection()
    {
        bool isOpened = false;
        return async (context, cancellationToken) =>
        {
            if (isOpened)
            {
                throw new IOException("The connection was lost.");
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
                isOpened = true;
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
    }

    private SslClientAuthenticationOptions Tls(Action<string> refused) =>
        new()
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateContext = _certificate,
            CertificateChainPolicy = TrustPolicy(),
            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
            {
                bool isAccepted =
                    Options.ServerCertificateValidation?.Invoke(sender, certificate, chain, errors)
                    ?? errors == SslPolicyErrors.None;
                if (!isAccepted)
                {
                    refused(Describe(errors, chain));
                }

                return isAccepted;
            },
        };

    /// <summary>
    /// How the chain of the server's certificate is built: by certificates at hand only, since the address of an issuer
    /// that a certificate names is the sender's to choose. One for each connection: it is filled and read by the check.
    /// </summary>
    private X509ChainPolicy TrustPolicy()
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        if (Options.TrustedRoots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    private static string Describe(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors == SslPolicyErrors.None)
        {
            return "by the application";
        }

        IEnumerable<X509ChainStatusFlags> flags = chain?.ChainStatus.Select(status => status.Status) ?? [];
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            ? $"{errors} ({string.Join(", ", flags)})"
            : errors.ToString();
    }

    private OcppConnectionFailedException Explain(WebSocketException exception, HttpStatusCode status)
    {
        if (exception.WebSocketErrorCode == WebSocketError.UnsupportedProtocol)
        {
            return NoCommonSubprotocol(exception);
        }

        return (int)status switch
        {
            0 => ExplainNoAnswer(exception),
            101 => new(
                OcppConnectionFailure.InvalidAnswer,
                "The server did not accept the WebSocket handshake.",
                exception
            ),
            401 => new(
                OcppConnectionFailure.Unauthorized,
                "The CSMS does not accept the credentials: HTTP 401.",
                exception
            )
            {
                Status = status,
            },
            404 => new(
                OcppConnectionFailure.UnknownIdentity,
                "The CSMS does not know the identity: HTTP 404.",
                exception
            )
            {
                Status = status,
            },
            int code => new(OcppConnectionFailure.Refused, $"The CSMS refused the connection: HTTP {code}.", exception)
            {
                Status = status,
            },
        };
    }

    private static OcppConnectionFailedException ExplainNoAnswer(WebSocketException exception) =>
        exception.InnerException switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(
                OcppConnectionFailure.TlsFailed,
                "The TLS handshake failed.",
                exception
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => new(
                OcppConnectionFailure.InvalidAnswer,
                "The response of the server is not HTTP.",
                exception
            ),
            HttpRequestException { InnerException: IOException } => new(
                OcppConnectionFailure.Cut,
                "The connection was closed before the CSMS responded.",
                exception
            ),
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.ProxyTunnelError
            } => new(OcppConnectionFailure.Unreachable, "The CSMS can't be reached.", exception),
            _ => new("The connection could not be opened.", exception),
        };

    private OcppConnectionFailedException NoCommonSubprotocol(Exception? exception) =>
        new(
            OcppConnectionFailure.NoCommonSubprotocol,
            $"No common subprotocol: the CSMS does not support {string.Join(" or ", _subprotocols)}.",
            exception
        );
}

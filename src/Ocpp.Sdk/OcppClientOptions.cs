using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.Rpc;
using Ocpp.Security;
using Ocpp.Validation;
using Ocpp.WebSockets;

namespace Ocpp;

/// <summary>Where and how an <see cref="OcppClient"/> connects. Immutable; <c>with</c> makes a changed copy.</summary>
public sealed record OcppClientOptions
{
    /// <summary>
    /// The URL of the CSMS, without the station's identity: <c>wss://csms.example.com/ocpp</c>, or <c>ws</c> without
    /// TLS (security profile 1). A query is kept.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The URL is relative, neither <c>ws</c> nor <c>wss</c>, or has user information or a fragment.
    /// </exception>
    public required Uri Url
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Url));
            bool isValid =
                value.IsAbsoluteUri
                && value.Scheme is "ws" or "wss"
                && value.UserInfo.Length == 0
                && value.Fragment.Length == 0;
            field = isValid
                ? value
                : throw new ArgumentException(
                    "The URL must be an absolute ws or wss URL without user information and fragment.",
                    nameof(Url)
                );
        }
    }

    /// <summary>
    /// The station's identity, as <see cref="OcppIdentity.IsValid"/> has it. Characters that no URL has, such as the
    /// space in the specification's own example, are percent-encoded.
    /// </summary>
    /// <exception cref="ArgumentException">The value can't be an identity.</exception>
    public required string Identity
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value, nameof(Identity));
            field = OcppIdentity.IsValid(value)
                ? value
                : throw new ArgumentException(
                    "An identity must have at most 48 characters and no colon, slash, percent sign or control "
                        + "character.",
                    nameof(Identity)
                );
        }
    }

    /// <summary>
    /// The password of HTTP Basic authentication (security profiles 1 and 2), 16 to 40 characters, sent in UTF-8; the
    /// user name is the identity. Defaults to <see langword="null"/>: none.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The value is shorter or longer, or has half a surrogate pair or a control character, which HTTP Basic can't have
    /// (RFC 7617 section 2).
    /// </exception>
    public string? Password
    {
        get;
        init =>
            field =
                value is null || PasswordForm.IsText(value)
                    ? value
                    : throw new ArgumentException(
                        "A password must have 16 to 40 characters and no control character.",
                        nameof(Password)
                    );
    }

    /// <summary>
    /// The password as a key of 20 bytes that need not be text, in place of <see cref="Password"/>: AuthorizationKey of
    /// OCPP 1.6. The bytes are sent as they are. A configuration has them as 40 hexadecimal digits:
    /// <c>AuthorizationKey = Convert.FromHexString(digits)</c>. Defaults to none, which is empty.
    /// </summary>
    /// <exception cref="ArgumentException">The value has another size.</exception>
    public ReadOnlyMemory<byte> AuthorizationKey
    {
        get;
        init =>
            field = value.Length is 0 or PasswordForm.KeySize
                ? value.ToArray()
                : throw new ArgumentException("An authorization key must have 20 bytes.", nameof(AuthorizationKey));
    }

    /// <summary>
    /// The station's certificate with its private key (security profile 3): subject O is the operator's name, CN the
    /// station's serial number (A00.FR.404, .405). Needs <c>wss</c>. It is not disposed.
    /// </summary>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    public X509Certificate2? ClientCertificate
    {
        get;
        init =>
            field = value is not { HasPrivateKey: false }
                ? value
                : throw new ArgumentException("The certificate has no private key.", nameof(ClientCertificate));
    }

    /// <summary>
    /// The intermediate certificates between <see cref="ClientCertificate"/> and its root: sent along with it.
    /// </summary>
    public X509Certificate2Collection? ClientCertificateIntermediates { get; init; }

    /// <summary>
    /// The roots from which the server's certificate may come, instead of the system's. Its host name is checked all
    /// the same. The server has to send its intermediate certificates: nothing that a certificate refers to is
    /// downloaded, and revocation is not checked.
    /// </summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>
    /// Has the last word on the server's certificate, instead of accepting it when there are no errors.
    /// </summary>
    public RemoteCertificateValidationCallback? ServerCertificateValidation { get; init; }

    /// <summary>
    /// How long the line is silent until a ping is sent. Zero: never. Default 30 seconds. On .NET 8, where no ping can
    /// be sent, this is an unasked pong, which keeps the line open but is not answered.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or more than 24 days.</exception>
    public TimeSpan KeepAliveInterval
    {
        get;
        init => field = OptionValue.NotNegative(value, BackOff.Longest);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the CSMS may take to answer a ping until the connection counts as lost. Default 30 seconds. Not on .NET
    /// 8.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan KeepAliveTimeout
    {
        get;
        init => field = OptionValue.Positive(value, BackOff.Longest);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Ask for compression (RFC 7692); every CSMS has to support it. Off by default: over TLS, the size of what is
    /// compressed together with a secret can reveal the secret to an eavesdropper.
    /// </summary>
    public bool UseCompression { get; init; }

    /// <summary>
    /// How long opening a connection may take, from the name's look-up to the end of the handshake. Default 30 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan ConnectTimeout
    {
        get;
        init => field = OptionValue.Positive(value, BackOff.Longest);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether <see cref="OcppClient.ConnectAsync"/> tries on until it is connected, instead of failing with the first
    /// try.
    /// </summary>
    public bool RetryFirstConnection { get; init; }

    /// <summary>The wait before the first try to reconnect, without its random part. Default 5 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan RetryBackOffWaitMinimum
    {
        get;
        init => field = OptionValue.Positive(value, BackOff.Longest);
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The end of the random part of each wait, so that not all stations of a CSMS come back at the same moment.
    /// Default 15 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or more than 24 days.</exception>
    public TimeSpan RetryBackOffRandomRange
    {
        get;
        init => field = OptionValue.NotNegative(value, BackOff.Longest);
    } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How many times the wait, without its random part, is doubled after a failed try; from then on it stays. It never
    /// grows beyond 24 days. Default 6: with the other defaults, up to 320 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int RetryBackOffRepeatTimes
    {
        get;
        init => field = OptionValue.NotNegative(value);
    } = 6;

    /// <summary>
    /// How long a connection must have lasted for the waits to begin anew with the minimum. After one that ended
    /// earlier they go on growing: a CSMS that accepts and drops a station, or another station of the same identity
    /// that takes its place, would otherwise have it reconnect without end at the shortest wait. Defaults to 1 minute.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or more than 24 days.</exception>
    public TimeSpan RetryBackOffResetAfter
    {
        get;
        init => field = OptionValue.NotNegative(value, BackOff.Longest);
    } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Makes the random parts. Used by one client at a time, unless it is thread-safe as the default is.
    /// </summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>
    /// How many times <see cref="OcppClient.ReconnectAsync"/> tries these options before it goes back to the old ones:
    /// the specification's NetworkProfileConnectionAttempts. Default 3.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int ConnectionAttempts
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 3;

    /// <summary>What becomes of calls that are made while there is no connection. Default: they fail.</summary>
    public OcppOfflineCalls OfflineCalls { get; init; }

    /// <summary>How each connection's session behaves. Its clock is the client's too, and so is its logger.</summary>
    public OcppSessionOptions Session { get; init; } = OcppSessionOptions.Default;

    /// <summary>
    /// Opens the WebSocket in place of <see cref="ClientWebSocket"/>: to <see cref="ConnectionUrl"/>, with the
    /// subprotocol agreed on, within the time until the token is cancelled. For proxies, other networks, tests. What
    /// else of these options concerns opening is then up to it. Throws <see cref="OcppConnectionFailedException"/>
    /// where it knows the reason.
    /// </summary>
    public Func<OcppClientOptions, CancellationToken, Task<WebSocket>>? Transport { get; init; }

    /// <summary>
    /// The URL to connect to: that of the CSMS, a slash, and the percent-encoded identity (part 4, section 3).
    /// </summary>
    public Uri ConnectionUrl =>
        new($"{Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{Uri.EscapeDataString(Identity)}{Url.Query}");

    /// <summary>Who connects where; no secret.</summary>
    public override string ToString() => $"{Identity} at {Url.GetLeftPart(UriPartial.Path)}";

    /// <summary>
    /// The user name and the password as HTTP has them (RFC 7617): in UTF-8, except a key, whose bytes are as they are.
    /// </summary>
    internal string? Authorization =>
        HasPassword
            ? "Basic "
                + Convert.ToBase64String([
                    .. Encoding.UTF8.GetBytes($"{Identity}:{Password}"),
                    .. AuthorizationKey.Span,
                ])
            : null;

    internal bool HasPassword => Password is not null || !AuthorizationKey.IsEmpty;

    /// <summary>
    /// How a session with these options is connected: the highest security profile for which they have what it needs.
    /// </summary>
    internal OcppConnection Connection
    {
        get
        {
            bool isEncrypted = Url.Scheme == Uri.UriSchemeWss;
            return new OcppConnection
            {
                ConnectedAt = Session.TimeProvider.GetUtcNow(),
                IsEncrypted = isEncrypted,
                ClientCertificate = isEncrypted ? ClientCertificate : null,
                SecurityProfile = (isEncrypted, ClientCertificate, HasPassword) switch
                {
                    (true, not null, _) => OcppSecurityProfile.ClientCertificate,
                    (true, _, true) => OcppSecurityProfile.TlsBasic,
                    (false, _, true) => OcppSecurityProfile.Basic,
                    _ => null,
                },
            };
        }
    }
}

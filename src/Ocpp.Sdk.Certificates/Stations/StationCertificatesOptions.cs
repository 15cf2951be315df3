using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Versions;
using Ocpp.Validation;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// How a station gets its certificates. The names of the device model's variables are those of OCPP 2.0.1.
/// </summary>
public sealed record StationCertificatesOptions
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(3650);

    /// <summary>
    /// The versions of OCPP in which the station speaks to its CSMS, such as <c>V201StationSigning.Instance</c> of the
    /// package Ocpp.Sdk.Certificates.V201. Each session uses the one of its protocol.
    /// </summary>
    /// <exception cref="ArgumentException">There is none, or more than one for a protocol.</exception>
    public required IReadOnlyList<StationSigningVersion> Versions
    {
        get;
        init => field = value.Checked(nameof(Versions));
    }

    /// <summary>
    /// OrganizationName of SecurityCtrlr: who the station belongs to, the O of its certificates (A00.FR.509).
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public required string OrganizationName
    {
        get;
        init => field = OptionValue.NotEmpty(value);
    }

    /// <summary>
    /// The station's serial number: the CN of its certificates for the CSMS, never a URL or an IP address
    /// (A00.FR.511).
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public required string SerialNumber
    {
        get;
        init => field = OptionValue.NotEmpty(value);
    }

    /// <summary>
    /// SeccId of ISO15118Ctrlr: the CN of its V2G certificates (part 2, 2.14.9). Defaults to <see langword="null"/>:
    /// <see cref="SerialNumber"/>.
    /// </summary>
    public string? SeccId { get; init; }

    /// <summary>
    /// CountryName of ISO15118Ctrlr: the C of its V2G certificates, two letters (part 2, 2.14.10). Defaults to
    /// <see langword="null"/>: none.
    /// </summary>
    public string? CountryName { get; init; }

    /// <summary>
    /// OrganizationName of ISO15118Ctrlr: the O of its V2G certificates (part 2, 2.14.11). Defaults to
    /// <see langword="null"/>:
    /// <see cref="OrganizationName"/>.
    /// </summary>
    public string? V2GOrganizationName { get; init; }

    /// <summary>
    /// Whether a CSR may be sent over a connection without TLS, where anyone on the way could put another in its
    /// place and get the station's certificate. It is reported either way. Defaults to <see langword="false"/>: the
    /// CSR waits for an encrypted connection.
    /// </summary>
    public bool AllowUnencryptedRequests { get; init; }

    /// <summary>
    /// Where the private keys are. It has to belong to this one service: a key that the state file does not name is
    /// destroyed when the service is opened.
    /// </summary>
    public required IStationKeyStore Keys
    {
        get;
        init => field = OptionValue.NotNull(value);
    }

    /// <summary>
    /// Where the service remembers what it asked for and what it got: certificates and CSRs, no private key. Readable
    /// by its owner alone (mode 0600). One process at a time.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public required string StateFile
    {
        get;
        init => field = OptionValue.NotEmpty(value);
    }

    /// <summary>
    /// The operator's roots, which ChargingStationCertificate and the combined certificate have to lead to
    /// (A02.FR.06).
    /// </summary>
    public required X509Certificate2Collection TrustedRoots
    {
        get;
        init => field = OptionValue.NotNull(value);
    }

    /// <summary>
    /// The roots of the V2G certificates. Defaults to those of the operator. The first is the one that a CSR names
    /// (A02.FR.27 of OCPP 2.1).
    /// </summary>
    public X509Certificate2Collection? V2GTrustedRoots { get; init; }

    /// <summary>What kind of keys are made. Default EC on P-256.</summary>
    public StationKeyAlgorithm KeyAlgorithm { get; init; } = StationKeyAlgorithm.EcP256;

    /// <summary>
    /// How long the station waits for CertificateSigned until it sends its CSR again; doubled each time (A02.FR.17,
    /// A02.FR.18). Default 60 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan CertSigningWaitMinimum
    {
        get;
        init => field = OptionValue.Positive(value, s_longest);
    } = TimeSpan.FromSeconds(60);

    /// <summary>How many times the station sends its CSR again until it stops (A02.FR.19). Default 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int CertSigningRepeatTimes
    {
        get;
        init => field = OptionValue.NotNegative(value);
    } = 3;

    /// <summary>How many characters a chain may have (A02.FR.16). Default 10000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxChainSize
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = ChainVerifier.DefaultMaxChainSize;

    /// <summary>
    /// How long before a certificate expires the station asks for a new one by itself (A03.FR.02). Default 30 days.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan RenewBefore
    {
        get;
        init => field = OptionValue.Positive(value, s_longest);
    } = TimeSpan.FromDays(30);

    /// <summary>
    /// The least time between two requests that the station makes by itself, such as after a rejection. Default 1
    /// day.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan RetryRenewalAfter
    {
        get;
        init => field = OptionValue.Positive(value, s_longest);
    } = TimeSpan.FromDays(1);

    /// <summary>
    /// Makes the options with which the client connects with a certificate. Unless told: the same with this
    /// certificate and without a password (security profile 3), and unchanged for a <c>ws</c> URL. Where the result
    /// has no
    /// <see cref="OcppClientOptions.ClientCertificate"/>, a new certificate is kept without reconnecting.
    /// </summary>
    public Func<OcppClientOptions, StationCertificate, OcppClientOptions> ConnectWith { get; init; } = WithCertificate;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = TimeProvider.System;

    /// <summary>Where every report is logged, too.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Told of what happens, one after the other. Must not block; what it throws is logged.</summary>
    public Action<StationCertificateReport>? Reported { get; init; }

    /// <summary>The longest CSR that all of the versions can send.</summary>
    internal int MaxCsrLength => Versions.Min(one => one.MaxCsrLength);

    /// <summary>Who a certificate of these uses is for.</summary>
    internal CertificateSubject SubjectOf(CertificateUses uses) =>
        uses.IsV2G
            ? new CertificateSubject
            {
                Organization = V2GOrganizationName ?? OrganizationName,
                CommonName = SeccId ?? SerialNumber,
                Country = CountryName,
                DomainComponent = CertificateSubject.ChargePointOperator,
            }
            : new CertificateSubject { Organization = OrganizationName, CommonName = SerialNumber };

    private static OcppClientOptions WithCertificate(OcppClientOptions options, StationCertificate certificate) =>
        options.Url.Scheme == "wss"
            ? options with
            {
                ClientCertificate = certificate.Certificate,
                ClientCertificateIntermediates = certificate.Intermediates,
                Password = null,
                AuthorizationKey = default,
            }
            : options;
}

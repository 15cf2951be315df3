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
/// The options of <see cref="StationCertificates"/>. The names of the device model's variables are those of OCPP 2.0.1.
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
    /// SeccId of each ISO15118Ctrlr that serves one EVSE, by the id of the EVSE. A trigger that names one of these
    /// EVSEs requests the certificate of its controller; the other EVSEs are served by the controller of
    /// <see cref="SeccId"/>. Defaults to none.
    /// </summary>
    public IReadOnlyDictionary<int, string> EvseSeccIds
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = new Dictionary<int, string>();

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

    /// <summary>The kind of keys. Defaults to EC on P-256.</summary>
    public StationKeyAlgorithm KeyAlgorithm { get; init; } = StationKeyAlgorithm.EcP256;

    /// <summary>
    /// How long the station waits for CertificateSigned until it sends its CSR again; doubled each time (A02.FR.17,
    /// A02.FR.18). Defaults to 60 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan CertSigningWaitMinimum
    {
        get;
        init => field = OptionValue.Positive(value, s_longest);
    } = TimeSpan.FromSeconds(60);

    /// <summary>How many times the station sends its CSR again until it stops (A02.FR.19). Defaults to 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int CertSigningRepeatTimes
    {
        get;
        init => field = OptionValue.NotNegative(value);
    } = 3;

    /// <summary>The longest chain, in characters (A02.FR.16). Defaults to 10000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxChainSize
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = CertificateChain.MaxSize;

    /// <summary>
    /// How long before a certificate expires the station requests a new one on its own (A03.FR.02). Defaults to 30
    /// days.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan RenewBefore
    {
        get;
        init => field = OptionValue.Positive(value, s_longest);
    } = TimeSpan.FromDays(30);

    /// <summary>
    /// The least time between two requests that the station makes on its own, such as after a rejection. Defaults to 1
    /// day.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan RetryRenewalAfter
    {
        get;
        init => field = OptionValue.Positive(value, s_longest);
    } = TimeSpan.FromDays(1);

    /// <summary>
    /// Makes the options with which the client connects with a certificate. Defaults to the same options with this
    /// certificate and without a password (security profile 3), and unchanged for a <c>ws</c> URL. If the result has no
    /// <see cref="OcppClientOptions.ClientCertificate"/>, a new certificate is kept without reconnecting.
    /// </summary>
    public Func<OcppClientOptions, StationCertificate, OcppClientOptions> ConnectWith { get; init; } = WithCertificate;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = TimeProvider.System;

    /// <summary>Logs every report. Defaults to none.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Receives reports, one after the other. Must not block; exceptions are logged.</summary>
    public Action<StationCertificateReport>? Reported { get; init; }

    /// <summary>The longest CSR that all of the versions can send.</summary>
    internal int MaxCsrLength => Versions.Min(one => one.MaxCsrLength);

    /// <summary>The purpose of a certificate that is requested for an EVSE.</summary>
    internal CertificatePurpose PurposeOf(CertificateUses uses, int? evseId) =>
        new(uses, uses.IsV2G && evseId is { } id && EvseSeccIds.ContainsKey(id) ? id : null);

    /// <summary>Whether certificates can have the names.</summary>
    /// <exception cref="ArgumentException">One can't be part of a certificate.</exception>
    internal void CheckSubjects()
    {
        SubjectOf(CertificateUses.CsmsConnection).Check();
        SubjectOf(CertificateUses.Iso15118).Check();
        foreach (int evseId in EvseSeccIds.Keys)
        {
            SubjectOf(new CertificatePurpose(CertificateUses.Iso15118, evseId)).Check();
        }
    }

    /// <summary>The subject of a certificate for a purpose.</summary>
    internal CertificateSubject SubjectOf(CertificatePurpose purpose) =>
        purpose.Uses.IsV2G
            ? new CertificateSubject
            {
                Organization = V2GOrganizationName ?? OrganizationName,
                CommonName = purpose.EvseId is { } id ? EvseSeccIds[id] : SeccId ?? SerialNumber,
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

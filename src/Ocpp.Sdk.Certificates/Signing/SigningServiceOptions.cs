using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Versions;
using Ocpp.Validation;

namespace Ocpp.Certificates.Signing;

/// <summary>The options of a <see cref="SigningService"/>.</summary>
public sealed record SigningServiceOptions
{
    /// <summary>What a timer can be set for.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(40);
    private static readonly TimeSpan s_tenYears = TimeSpan.FromDays(3650);

    /// <summary>
    /// The versions of OCPP in which the CSMS speaks to its stations, such as <c>V201CsmsSigning.Instance</c> of the
    /// package Ocpp.Sdk.Certificates.V201. Each session uses the one of its protocol.
    /// </summary>
    /// <exception cref="ArgumentException">There is none, or more than one for a protocol.</exception>
    public required IReadOnlyList<CsmsSigningVersion> Versions
    {
        get;
        init => field = value.Checked(nameof(Versions));
    }

    /// <summary>Which CSRs are accepted.</summary>
    public required CsrPolicy Policy
    {
        get;
        init => field = OptionValue.NotNull(value);
    }

    /// <summary>Where requests are kept. It is not disposed.</summary>
    public required ISigningRequestStore Store
    {
        get;
        init => field = OptionValue.NotNull(value);
    }

    /// <summary>The authority that signs. It is not disposed.</summary>
    public required ICertificateAuthority Authority
    {
        get;
        init => field = OptionValue.NotNull(value);
    }

    /// <summary>
    /// The authority that signs V2G certificates, if it is another one. Defaults to <see cref="Authority"/>.
    /// </summary>
    public ICertificateAuthority? V2GAuthority { get; init; }

    /// <summary>
    /// Returns what the operator knows of a station, by its identity. Without it, certificates are made out to the
    /// identity.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<SigningStation>>? FindStation { get; init; }

    /// <summary>
    /// Finds a station that has no session in this process, by its identity; returns <see langword="null"/> if it is
    /// not connected. Set it where several processes share the store, each with the stations that are connected to it:
    /// renewals are then requested from any of them. Defaults to none.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<RemoteStation?>>? FindRemoteStation { get; init; }

    /// <summary>
    /// How many requests of one station may be open at once: one more is answered Rejected. Default 10.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxOpenRequests
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 10;

    /// <summary>
    /// How many requests of one station are accepted within 24 hours: one more is answered Rejected. Repetitions of an
    /// open request don't count (A02.FR.17). Defaults to 20.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxRequestsPerDay
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 20;

    /// <summary>
    /// How many requests are put to an authority at once. One station's requests take half of that at most, rounded up.
    /// Default 4.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxConcurrentOrders
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 4;

    /// <summary>
    /// How long an authority may take to answer once: after that the request has failed, for the authority may have
    /// signed. An authority that needs longer answers <see cref="CertificateAuthorityAnswer.Later"/>. Defaults to 5
    /// minutes, at most 40 days.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 40 days.</exception>
    public TimeSpan OrderTimeout
    {
        get;
        init => field = OptionValue.Positive(value, s_longest);
    } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How often a certificate is sent to a station that doesn't answer, over all connections and restarts, before the
    /// request has failed. The wait between two attempts is <see cref="RetryWait"/>, doubled after each. Defaults to
    /// 10, about 4 hours with the default waits.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxDeliveries
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 10;

    /// <summary>
    /// How long finished requests are kept; looked at once a day. Certificates that may be in use are kept longer
    /// (<see cref="ISigningRequestStore.RemoveFinishedAsync"/>). That a key is used again is noticed as long as its
    /// request is kept. Defaults to 90 days.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan KeepFinishedFor
    {
        get;
        init => field = OptionValue.Positive(value, s_tenYears);
    } = TimeSpan.FromDays(90);

    /// <summary>
    /// The wait before an authority is asked again that could not be reached, and before a certificate is sent again to
    /// a station that has not answered, whether it has connected anew meanwhile or not; doubled after each try. Default
    /// one minute.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan RetryWait
    {
        get;
        init => field = OptionValue.Positive(value, s_tenYears);
    } = TimeSpan.FromMinutes(1);

    /// <summary>The longest that <see cref="RetryWait"/> becomes. Default one hour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan MaxRetryWait
    {
        get;
        init => field = OptionValue.Positive(value, s_tenYears);
    } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long what a service is working on stays with it after its process has ended, until others that share the
    /// store go on with it; renewed three times as often while it runs. A shorter time finds a lost node sooner, and
    /// costs more writes. Defaults to 2 minutes, at most 40 days.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 40 days.</exception>
    public TimeSpan LeaseTime
    {
        get;
        init => field = OptionValue.Positive(value, s_longest);
    } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long after a request was accepted the authority may take until it has failed. Default 7 days, at most 40.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 40 days.</exception>
    public TimeSpan GiveUpAfter
    {
        get;
        init => field = OptionValue.Positive(value, s_longest);
    } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long before its end a certificate is reported as <see cref="SigningReportKind.Expiring"/>: once in each run.
    /// Defaults to 21 days: a station renews on its own a month ahead (A03.FR.02), and one that did not should be
    /// looked at.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan ExpiryNotice
    {
        get;
        init => field = OptionValue.Positive(value, s_tenYears);
    } = TimeSpan.FromDays(21);

    /// <summary>
    /// Receives reports for the operator. Called from any thread, possibly from several at once; must not block.
    /// </summary>
    public Action<SigningReport>? Reported { get; init; }

    /// <summary>The clock; that of the system by default.</summary>
    public TimeProvider TimeProvider
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = TimeProvider.System;

    /// <summary>Logs every report. Defaults to none.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}

using Microsoft.Extensions.Options;
using Ocpp.AspNetCore.Authentication;

namespace Ocpp.AspNetCore;

/// <summary>
/// How the connections of stations are taken. Set with <c>services.AddOcpp(options => …)</c>. Values out of their range
/// stop the application from starting, with an <see cref="OptionsValidationException"/> that names them all.
/// </summary>
public sealed class OcppOptions
{
    /// <summary>
    /// How the sessions behave. Where it has no logger, they log in the category <c>Ocpp</c>.
    /// </summary>
    public OcppSessionOptions Session { get; set; } = OcppSessionOptions.Default;

    /// <summary>
    /// What is different for single stations: gets the canonical identity (<see cref="OcppStationAccount.Identity"/>)
    /// and <see cref="Session"/>, and returns what holds for that connection.
    /// </summary>
    public Func<string, OcppSessionOptions, OcppSessionOptions>? SessionFor { get; set; }

    /// <summary>
    /// How long a connection is silent until it is tried with a ping. Default one minute; zero never tries.
    /// </summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a station may take to answer a ping until the connection counts as lost. Default 30 seconds. Before
    /// .NET 10 nobody waits for the answer: there a dead line is noticed when TCP gives the ping up.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Compress messages to stations that offer it (RFC 7692), as the specification demands of a CSMS. Default on.
    /// <para>
    /// ASP.NET Core calls compression dangerous because the size of what is encrypted afterwards reveals what repeats
    /// in it. Here each message is compressed for itself, so that it reveals nothing about another one. What remains is
    /// a single message with a secret and with text that an attacker chooses, sent over and over: no message of OCPP is
    /// so by itself, but an application can make one.
    /// </para>
    /// <para>
    /// An idle connection then holds no compressor; but a station may go on compressing where its last message ended,
    /// and for that its connection holds a window of 32 kB.
    /// </para>
    /// </summary>
    public bool UseCompression { get; set; } = true;

    /// <summary>
    /// How many stations may be connected at once; one more gets HTTP 503. Defaults to no limit but the machine's. A
    /// connection that was replaced counts until it is gone, for a second at most if no handler holds it. A station
    /// that comes back in place of its own dead connection is let in, unless four of them are not gone yet.
    /// </summary>
    public int MaxConnections { get; set; } = int.MaxValue;

    /// <summary>
    /// Over how long the connections are closed when the host shuts down, so that the stations do not all connect
    /// elsewhere in the same second. Defaults to zero: all at once. Must be shorter than the host's time for shutting
    /// down, or the rest of them is cut.
    /// </summary>
    public TimeSpan ShutdownSpread { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// How many passwords are checked at once, each on a thread of its own. Defaults to half of the processors, so that
    /// stations that are connected are served while thousands come back.
    /// </summary>
    public int MaxPasswordChecks { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// How many passwords may wait to be checked; a station beyond them gets HTTP 503 with <c>Retry-After</c>, those of
    /// the address with the most waiting passwords first. Defaults to 128 for each of those that are checked at once by
    /// default: some seconds of work.
    /// </summary>
    public int MaxWaitingPasswordChecks { get; set; } = 128 * Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// Called when a station has connected and can be called. Its first request may already be handled: the station was
    /// in the <see cref="OcppConnectionRegistry"/> before. Add to it with <c>+=</c>, so that callbacks that others have
    /// set remain. Called for one connection at a time, in the order in which they change; must not block. What it
    /// throws is logged.
    /// </summary>
    public Action<OcppSession>? Connected { get; set; }

    /// <summary>
    /// Called when the connection of a station has ended, or when another connection of the same station replaces it,
    /// before <see cref="Connected"/> is called for that. Otherwise as <see cref="Connected"/>.
    /// </summary>
    public Action<OcppSession, OcppCloseReason>? Disconnected { get; set; }

    /// <summary>Which client certificates are taken.</summary>
    public OcppCertificateOptions Certificates { get; } = new();
}

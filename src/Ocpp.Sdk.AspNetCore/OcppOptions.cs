namespace Ocpp.AspNetCore;

/// <summary>How the connections of stations are taken. Set with <c>services.AddOcpp(options => …)</c>.</summary>
public sealed class OcppOptions
{
    /// <summary>
    /// How the sessions behave. Where it has no logger, they log in the category <c>Ocpp</c>.
    /// </summary>
    public OcppSessionOptions Session { get; set; } = OcppSessionOptions.Default;

    /// <summary>
    /// What is different for single stations: gets the identity and <see cref="Session"/>, and returns what holds for that
    /// connection.
    /// </summary>
    public Func<string, OcppSessionOptions, OcppSessionOptions>? SessionFor { get; set; }

    /// <summary>How long a connection is silent until it is tried with a ping. Default one minute; zero never tries.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a station may take to answer a ping until the connection counts as lost. Default 30 seconds. On .NET 8 nobody
    /// waits for the answer: there a dead line is noticed when TCP gives up the ping.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Compress messages to stations that offer it (RFC 7692), as the specification demands of a CSMS. Each message is
    /// compressed for itself: the size of one tells nothing about another, an idle connection holds no compressor, and what
    /// remains is that a message which has both a secret and text of an attacker's shows by its size, over many tries,
    /// what they have in common. No message of OCPP puts the two together, unless an application does. Default on.
    /// </summary>
    public bool UseCompression { get; set; } = true;

    /// <summary>
    /// How many stations may be connected at once; one more gets HTTP 503. Default none but the machine's. A station that
    /// comes back in place of its own dead connection is always let in.
    /// </summary>
    public int MaxConnections { get; set; } = int.MaxValue;

    /// <summary>Which client certificates are taken.</summary>
    public OcppCertificateOptions Certificates { get; } = new();
}

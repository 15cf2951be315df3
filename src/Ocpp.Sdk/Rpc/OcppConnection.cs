using System.ComponentModel;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Rpc;

/// <summary>How a station and its CSMS are connected, as far as the side that holds the session knows it.</summary>
public sealed record OcppConnection
{
    /// <summary>A connection of which nothing is known, such as one in memory.</summary>
    public static OcppConnection Unknown { get; } = new();

    /// <summary>
    /// The security profile by which the station authenticated. Returns <see langword="null"/> if it did not, or if it
    /// is not known.
    /// </summary>
    public OcppSecurityProfile? SecurityProfile { get; init; }

    /// <summary>
    /// Whether the connection is encrypted with TLS, up to the proxy that ends it where there is one.
    /// </summary>
    public bool IsEncrypted { get; init; }

    /// <summary>
    /// The certificate by which the station authenticated (<see cref="OcppSecurityProfile.ClientCertificate"/>).
    /// Returns <see langword="null"/> with every other profile, also if a certificate was presented. It belongs to the
    /// connection: copy it to keep it for longer.
    /// </summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The address and port of the peer. Returns <see langword="null"/> if they are not known.</summary>
    public IPEndPoint? RemoteEndPoint { get; init; }

    /// <summary>
    /// When the connection was opened or accepted, by the clock of this side. Returns <see langword="null"/> if it is
    /// not known.
    /// </summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>
    /// What the owner of the session keeps with the connection; an endpoint of ASP.NET Core the HTTP request
    /// (<c>context.GetHttpContext()</c>). Returns <see langword="null"/> if it keeps nothing.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public object? Feature { get; init; }

    /// <summary>
    /// The connection as a phrase for a log, such as <c>security profile 2 from 203.0.113.7:51234</c>. It holds nothing
    /// of a certificate.
    /// </summary>
    public override string ToString()
    {
        string profile = SecurityProfile is { } known ? $"security profile {(int)known}" : "no security profile";
        return RemoteEndPoint is null ? profile : $"{profile} from {RemoteEndPoint}";
    }
}

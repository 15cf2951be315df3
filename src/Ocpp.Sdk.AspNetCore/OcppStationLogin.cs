using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Ocpp.AspNetCore.Authentication;

namespace Ocpp.AspNetCore;

/// <summary>
/// How a station asks to be let in. Its password is not checked yet, and its certificate may be that of another
/// station: what counts is how it came, not who it is.
/// </summary>
public sealed record OcppStationLogin
{
    /// <summary>
    /// The identity as the station has it in its path, decoded; valid as <see cref="OcppIdentity.IsValid"/> says. To be
    /// compared without regard to case: <see cref="OcppIdentity.Comparer"/>.
    /// </summary>
    public required string Identity { get; init; }

    /// <summary>
    /// The security profile of what it has presented: a valid certificate of the operator, else a password with or
    /// without TLS. Returns <see langword="null"/> if it has presented nothing.
    /// </summary>
    public OcppSecurityProfile? Profile { get; init; }

    /// <summary>Whether the connection has TLS.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>
    /// The client certificate, if it leads to a root of the operator, is valid now and has the operator's name
    /// (<see cref="OcppCertificateOptions"/>). Returns <see langword="null"/> if there is none, or another one.
    /// </summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>
    /// The address and port of the station, or of the proxy before the endpoint. Returns <see langword="null"/> without
    /// a network.
    /// </summary>
    public IPEndPoint? RemoteEndPoint { get; init; }

    /// <summary>
    /// The endpoint at which it asks: its metadata are what was added to it with <c>WithMetadata</c>.
    /// </summary>
    public Endpoint? Endpoint { get; init; }
}

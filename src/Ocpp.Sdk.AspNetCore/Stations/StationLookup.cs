using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Ocpp.AspNetCore.Authentication;

namespace Ocpp.AspNetCore.Stations;

/// <summary>Asks the application's store, once for each handshake.</summary>
internal sealed class StationLookup(
    IServiceScopeFactory scopes,
    ClientCertificateCheck certificates,
    ILoggerFactory loggers
)
{
    private readonly ILogger _logger = loggers.CreateLogger(OcppEndpointLog.Category);

    /// <summary>The last segment of the path of <c>MapOcpp</c>.</summary>
    public const string IdentityKey = "identity";

    /// <summary>The identity in the path, decoded; none at endpoints of other kinds.</summary>
    public static string? IdentityOf(HttpContext context) => context.GetRouteValue(IdentityKey) as string;

    /// <summary>The profile of a password on this connection.</summary>
    public static OcppSecurityProfile PasswordProfileOf(HttpContext context) =>
        context.Request.IsHttps ? OcppSecurityProfile.TlsBasic : OcppSecurityProfile.Basic;

    /// <summary>The address and port of the other end.</summary>
    public static IPEndPoint? RemoteEndPointOf(HttpContext context) =>
        // Not by HttpContext.Connection: the request makes it when it is asked for, and keeps it.
        context.Features.Get<IHttpConnectionFeature>()
            is { RemoteIpAddress: { } address } connection
            ? new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, connection.RemotePort)
            : null;

    /// <summary>
    /// Lets go what the store has said, which is kept with the request: its connection may last for long.
    /// </summary>
    public static void Forget(HttpContext context) => context.Features.Set<Found>(null);

    public async ValueTask<OcppStationAccount?> FindAsync(HttpContext context, string identity)
    {
        if (context.Features.Get<Found>() is not { } found || found.Identity != identity)
        {
            found = new Found(identity, OcppIdentity.IsValid(identity) ? await AskAsync(context, identity) : null);
            context.Features.Set(found);
        }

        return found.Station;
    }

    /// <summary>
    /// Has the store keep that a station has used a higher profile than its own, if the store wants so.
    /// </summary>
    public async ValueTask RaiseAsync(
        OcppStationAccount station,
        OcppSecurityProfile used,
        CancellationToken cancellationToken
    )
    {
        if (station.IsRaisedBy(used))
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            await StoreOf(scope).RaiseProfileAsync(station.Identity, used, cancellationToken);
        }
    }

    /// <summary>
    /// Has the store drop the passwords before one that a station has used. If they have changed in the meantime, they
    /// stay until it connects again: too many passwords lock nobody out.
    /// </summary>
    public async ValueTask DropPasswordsAsync(OcppStationAccount station, int used, CancellationToken cancellationToken)
    {
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            if (
                await StoreOf(scope)
                    .TryReplacePasswordsAsync(
                        station.Identity,
                        station.PasswordHashes,
                        [.. station.PasswordHashes.Skip(used)],
                        cancellationToken
                    )
            )
            {
                OcppEndpointLog.PasswordUsed(_logger, station.Identity);
            }
        }
#pragma warning disable CA1031 // A store that can't write must not keep a station out whose password is right.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            OcppEndpointLog.PasswordsNotDropped(_logger, exception, station.Identity);
        }
    }

    private static IOcppStationStore StoreOf(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<IOcppStationStore>();

    /// <summary>
    /// The scope of the request lasts as long as the connection: a store with a database in it must not.
    /// </summary>
    private async ValueTask<OcppStationAccount?> AskAsync(HttpContext context, string identity)
    {
        PresentedCertificate? certificate = await certificates.FindAsync(context) is { Fault: null } valid
            ? valid
            : null;
        var login = new OcppStationLogin
        {
            Identity = identity,
            Profile =
                certificate is not null ? OcppSecurityProfile.ClientCertificate
                : context.Request.Headers.ContainsKey(HeaderNames.Authorization) ? PasswordProfileOf(context)
                : null,
            IsEncrypted = context.Request.IsHttps,
            ClientCertificate = certificate?.Certificate,
            RemoteEndPoint = RemoteEndPointOf(context),
            Endpoint = context.GetEndpoint(),
        };
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        OcppStationAccount? station = await StoreOf(scope).FindAsync(login, context.RequestAborted);
        return station is null || OcppIdentity.Comparer.Equals(station.Identity, identity)
            ? station
            : throw new InvalidOperationException("The store returned a station with another identity than requested.");
    }

    private sealed record Found(string Identity, OcppStationAccount? Station);
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ocpp.AspNetCore;

/// <summary>Asks the application's store, once for each request.</summary>
internal sealed class StationLookup(IServiceScopeFactory scopes)
{
    /// <summary>The last segment of the path of <c>MapOcpp</c>.</summary>
    public const string IdentityKey = "identity";

    /// <summary>The identity in the path, decoded; none at endpoints of other kinds.</summary>
    public static string? IdentityOf(HttpContext context) => context.GetRouteValue(IdentityKey) as string;

    public async ValueTask<OcppStation?> FindAsync(HttpContext context, string identity)
    {
        if (context.Features.Get<Found>() is not { } found || found.Identity != identity)
        {
            found = new Found(identity, OcppIdentity.IsValid(identity) ? await AskAsync(identity, context.RequestAborted) : null);
            context.Features.Set(found);
        }

        return found.Station;
    }

    /// <summary>The scope of the request lasts as long as the connection: a store with a database in it must not.</summary>
    private async ValueTask<OcppStation?> AskAsync(string identity, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IOcppStationStore>().FindAsync(identity, cancellationToken);
    }

    private sealed record Found(string Identity, OcppStation? Station);
}

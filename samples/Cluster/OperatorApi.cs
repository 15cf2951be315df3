using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ocpp;
using Ocpp.AspNetCore;
using Ocpp.Certificates;
using Ocpp.Certificates.Hosting;
using Ocpp.Certificates.Storage;
using Ocpp.V201;

namespace Cluster;

/// <summary>
/// What an operator asks of the CSMS, of any node, by HTTP. It knows <see cref="IOcppStations"/> and nothing of nodes:
/// it would be the same on one. Without authentication, for a trial.
/// </summary>
internal static class OperatorApi
{
    public static void MapOperatorApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/stations", ListAsync);
        app.MapPost(
            "/stations/{identity}/clear-cache",
            (string identity, IOcppStations stations, CancellationToken cancellationToken) =>
                CallAsync(async () =>
                    (
                        await stations.CallAsync(
                            identity,
                            new ClearCacheRequest(),
                            cancellationToken: cancellationToken
                        )
                    ).Status.ToString()
                )
        );

        // The station then sends a CSR to the node that it is connected to.
        app.MapPost(
            "/stations/{identity}/renew-certificate",
            (string identity, HostedSigningService signing, CancellationToken cancellationToken) =>
                CallAsync(async () =>
                    (
                        await signing.Service.RequestRenewalAsync(
                            identity,
                            CertificateUses.CsmsConnection,
                            cancellationToken
                        )
                    ).ToString()!
                )
        );
        app.MapGet(
            "/stations/{identity}/certificates",
            async (string identity, HostedSigningService signing, CancellationToken cancellationToken) =>
            {
                IReadOnlyList<SigningRequest> requests = await signing.Store.ListAsync(
                    new SigningRequestFilter { Station = identity },
                    cancellationToken
                );
                return requests.Select(request => request.State.ToString());
            }
        );
    }

    /// <summary>The stations of all nodes, page by page, and which node was asked.</summary>
    private static async Task<StationList> ListAsync(
        IOcppStations stations,
        ILocalSiloDetails node,
        CancellationToken cancellationToken
    )
    {
        var list = new StationList(node.SiloAddress.ToParsableString(), []);
        string? after = null;
        do
        {
            OcppStationPage page = await stations.ListAsync(after, 1000, cancellationToken);
            foreach (OcppStationConnection station in page.Stations)
            {
                list.NodeOf[station.Identity] = station.Node!;
            }

            after = page.Next;
        } while (after is not null);

        return list;
    }

    private static async Task<IResult> CallAsync(Func<Task<string>> call)
    {
        try
        {
            return Results.Text(await call());
        }
        catch (OcppStationNotConnectedException e)
        {
            return Results.Text(e.Message, statusCode: StatusCodes.Status404NotFound);
        }
        catch (OcppException e)
        {
            // No answer in time, a CALLERROR, a lost connection, a lost node.
            return Results.Text(e.Message, statusCode: StatusCodes.Status502BadGateway);
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Operators;

// Where ASP.NET Core's developers look for it.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps a REST API over stations, for the programs of an operator.</summary>
public static class OcppOperatorEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps a REST API over <see cref="IOcppStations"/>: lists and finds stations, closes their connections, and calls
    /// them by action with JSON that is validated as every request is. Each endpoint demands an authorized user, by the
    /// default policy of the application; add a stricter one to what this method returns.
    /// </summary>
    /// <remarks>
    /// <para>Below the pattern:</para>
    /// <list type="bullet">
    /// <item><c>GET ?after=&amp;max=</c>: the stations that are connected, by page.</item>
    /// <item><c>GET {identity}</c>: how a station is connected.</item>
    /// <item><c>DELETE {identity}/connection</c>: closes the connection of a station.</item>
    /// <item><c>POST {identity}/calls/{action}?timeout=</c>: calls a station. The body is the request, and the
    /// response that of the station. The time-out is in seconds.</item>
    /// </list>
    /// <para>
    /// What a call fails with is a problem (RFC 9457): 404 for an action that the version of the station does not have,
    /// 409 if the station is not connected, 422 for a request that breaks rules of its message, with all violations,
    /// 502 for a CALLERROR, with its code, for a response that is invalid, and for a connection that was lost
    /// meanwhile, 503 if too many calls wait for the station, and 504 if no answer came in time.
    /// </para>
    /// </remarks>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path, such as <c>/api/stations</c>.</param>
    /// <returns>The endpoints, as a group: for policies, rate limits, and endpoints of the application's own.</returns>
    public static RouteGroupBuilder MapOcppOperator(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.RequireAuthorization().WithTags("Stations").AddEndpointFilter(OperatorProblems.HandleAsync);
        group
            .MapGet("", OperatorEndpoints.ListAsync)
            .WithName("ListStations")
            .WithSummary("The stations that are connected, by page.")
            .Produces<OperatorPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group
            .MapGet("{identity}", OperatorEndpoints.FindAsync)
            .WithName("FindStation")
            .WithSummary("How a station is connected.")
            .Produces<OperatorStation>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group
            .MapDelete("{identity}/connection", OperatorEndpoints.DisconnectAsync)
            .WithName("DisconnectStation")
            .WithSummary("Closes the connection of a station, which may connect again.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group
            .MapPost("{identity}/calls/{action}", OperatorEndpoints.CallAsync)
            .WithName("CallStation")
            .WithSummary("Calls a station, and returns its response.")
            .WithMetadata(new OperatorBodyLimit())
            .Accepts<object>("application/json")
            .Produces<object>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status502BadGateway)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status504GatewayTimeout);
        return group;
    }
}

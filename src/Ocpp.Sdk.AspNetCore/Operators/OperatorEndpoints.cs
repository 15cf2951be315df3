using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Ocpp.AspNetCore.Stations;

namespace Ocpp.AspNetCore.Operators;

/// <summary>The endpoints of the REST API over stations.</summary>
internal static class OperatorEndpoints
{
    private const int DefaultPageSize = 100;

    /// <summary>A day: longer than a call can wait for an answer, in seconds.</summary>
    private const double MaxTimeout = 86_400;

    public static async Task<IResult> ListAsync(
        string? after,
        int? max,
        [FromServices] IOcppStations stations,
        CancellationToken cancellationToken
    )
    {
        if (max is < 1 or > LocalStations.MaxPageSize)
        {
            return OperatorProblems.Problem(
                StatusCodes.Status400BadRequest,
                $"max must be from 1 to {LocalStations.MaxPageSize}."
            );
        }

        OcppStationPage page = await stations.ListAsync(after, max ?? DefaultPageSize, cancellationToken);
        return TypedResults.Json(
            new OperatorPage([.. page.Stations.Select(OperatorStation.Of)], page.Next),
            OperatorJsonContext.Default.OperatorPage
        );
    }

    public static async Task<IResult> FindAsync(
        string identity,
        [FromServices] IOcppStations stations,
        CancellationToken cancellationToken
    ) =>
        await stations.FindAsync(identity, cancellationToken) is { } connection
            ? TypedResults.Json(OperatorStation.Of(connection), OperatorJsonContext.Default.OperatorStation)
            : OperatorProblems.Problem(StatusCodes.Status404NotFound, "The station is not connected.");

    public static async Task<IResult> DisconnectAsync(
        string identity,
        [FromServices] IOcppStations stations,
        CancellationToken cancellationToken
    ) =>
        await stations.DisconnectAsync(identity, cancellationToken)
            ? TypedResults.NoContent()
            : throw new OcppStationNotConnectedException(identity);

    public static async Task<IResult> CallAsync(
        string identity,
        string action,
        double? timeout,
        HttpRequest request,
        [FromServices] IOcppStations stations,
        CancellationToken cancellationToken
    )
    {
        // A form of another site could send any other type with the cookies of the user.
        if (!request.HasJsonContentType())
        {
            return OperatorProblems.Problem(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON.");
        }

        if (timeout is <= 0 or > MaxTimeout or double.NaN)
        {
            return OperatorProblems.Problem(
                StatusCodes.Status400BadRequest,
                $"timeout must be more than 0 and at most {MaxTimeout} seconds."
            );
        }

        JsonElement payload;
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            payload = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return OperatorProblems.Problem(StatusCodes.Status400BadRequest, "The body is not valid JSON.");
        }

        var options = new OcppCallOptions { Timeout = timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        try
        {
            return TypedResults.Json(
                await stations.CallAsync(identity, action, payload, options, cancellationToken),
                OperatorJsonContext.Default.JsonElement
            );
        }
        catch (ArgumentException)
        {
            return OperatorProblems.Problem(
                StatusCodes.Status404NotFound,
                "The version of OCPP that the station speaks has no such action with a response."
            );
        }
    }
}

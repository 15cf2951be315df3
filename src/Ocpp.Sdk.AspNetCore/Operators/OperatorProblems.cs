using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ocpp.AspNetCore.Operators;

/// <summary>Makes problems (RFC 9457) of what calls to stations fail with.</summary>
internal static class OperatorProblems
{
    public static async ValueTask<object?> HandleAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        try
        {
            return await next(context);
        }
        catch (OcppValidationException exception)
        {
            return Problem(
                StatusCodes.Status422UnprocessableEntity,
                "The request is invalid.",
                exception.Message,
                ("violations", Of(exception.Violations))
            );
        }
        catch (OcppException exception)
        {
            return Of(exception);
        }
    }

    /// <summary>A problem without more to say.</summary>
    public static IResult Problem(
        int status,
        string title,
        string? detail = null,
        params ReadOnlySpan<(string Name, object? Value)> more
    )
    {
        var extensions = new Dictionary<string, object?>();
        foreach ((string name, object? value) in more)
        {
            extensions.Add(name, value);
        }

        return TypedResults.Problem(detail, statusCode: status, title: title, extensions: extensions);
    }

    private static IResult Of(OcppException exception) =>
        exception switch
        {
            OcppStationNotConnectedException => Problem(
                StatusCodes.Status409Conflict,
                "The station is not connected. Nothing was sent."
            ),
            OcppCallErrorException error => Problem(
                StatusCodes.Status502BadGateway,
                "The station answered with a CALLERROR.",
                error.ErrorDescription,
                ("errorCode", error.ErrorCodeName),
                ("errorDetails", error.ErrorDetails)
            ),
            OcppInvalidResponseException invalid => Problem(
                StatusCodes.Status502BadGateway,
                "The response of the station is invalid: what it did is unknown.",
                invalid.Message,
                ("violations", invalid.Violation is { } violation ? Of([violation]) : null)
            ),
            OcppTimeoutException timeout => Problem(
                StatusCodes.Status504GatewayTimeout,
                "The station did not answer in time: what it did is unknown.",
                timeout.Message
            ),
            OcppQueueFullException => Problem(
                StatusCodes.Status503ServiceUnavailable,
                "Too many calls wait for the station. Nothing was sent."
            ),
            _ => Problem(
                StatusCodes.Status502BadGateway,
                "The connection to the station was lost: what it did is unknown.",
                exception.Message
            ),
        };

    private static JsonElement Of(IEnumerable<OcppViolation> violations) =>
        JsonSerializer.SerializeToElement(
            [.. violations.Select(OperatorViolation.Of)],
            OperatorJsonContext.Default.OperatorViolationArray
        );
}

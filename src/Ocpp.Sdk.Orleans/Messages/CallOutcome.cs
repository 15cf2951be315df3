using System.Net.WebSockets;
using System.Text.Json;
using Ocpp.AspNetCore;

namespace Ocpp.Orleans.Messages;

/// <summary>
/// How a call ended, on its way back to the caller. Exceptions go as data, so that the caller gets the same one as on
/// the node that holds the connection, whatever version of the SDK that has.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("ocpp.outcome")]
internal sealed record CallOutcome([property: Id(0)] CallOutcomeKind Kind)
{
    /// <summary>The station is not connected.</summary>
    public static CallOutcome NotConnected { get; } = new(CallOutcomeKind.NotConnected);

    /// <summary>The response or the details of a CALLERROR, in UTF-8.</summary>
    [Id(1)]
    public byte[]? Payload { get; init; }

    /// <summary>The message of the exception, or what a peer wrote: the description of an error or a close.</summary>
    [Id(2)]
    public string Text { get; init; } = "";

    /// <summary>The error code of a CALLERROR.</summary>
    [Id(3)]
    public OcppErrorCode ErrorCode { get; init; }

    /// <summary>The error code of a CALLERROR as it was spelled.</summary>
    [Id(4)]
    public string ErrorCodeName { get; init; } = "";

    /// <summary>The rules that a request or response breaks.</summary>
    [Id(5)]
    public ViolationMessage[] Violations { get; init; } = [];

    /// <summary>Who closed the connection.</summary>
    [Id(6)]
    public OcppCloseKind CloseKind { get; init; }

    /// <summary>The close code.</summary>
    [Id(7)]
    public WebSocketCloseStatus? CloseStatus { get; init; }

    /// <summary>The station answered.</summary>
    public static CallOutcome Response(JsonElement response) =>
        new(CallOutcomeKind.Response) { Payload = Utf8.Of(response) };

    /// <summary>The call failed.</summary>
    public static CallOutcome Of(Exception exception) =>
        exception switch
        {
            OcppStationNotConnectedException => NotConnected,
            OcppCallErrorException error => new(CallOutcomeKind.CallError)
            {
                ErrorCode = error.ErrorCode,
                ErrorCodeName = error.ErrorCodeName,
                Text = error.ErrorDescription,
                Payload = error.ErrorDetails is { } details ? Utf8.Of(details) : null,
            },
            OcppInvalidResponseException invalid => new(CallOutcomeKind.InvalidResponse)
            {
                Text = invalid.Message,
                Violations = invalid.Violation is { } violation ? [ViolationMessage.Of(violation)] : [],
            },
            OcppTimeoutException => new(CallOutcomeKind.TimedOut) { Text = exception.Message },
            OcppConnectionClosedException closed => new(CallOutcomeKind.Closed)
            {
                CloseKind = closed.Reason.Kind,
                CloseStatus = closed.Reason.Status,
                Text = closed.Reason.Description,
            },
            OcppValidationException invalid => new(CallOutcomeKind.InvalidRequest)
            {
                Violations = [.. invalid.Violations.Select(ViolationMessage.Of)],
            },
            OcppQueueFullException => new(CallOutcomeKind.QueueFull),
            InvalidOperationException => new(CallOutcomeKind.OtherVersion) { Text = exception.Message },
            ArgumentException => new(CallOutcomeKind.UnknownAction) { Text = exception.Message },
            OperationCanceledException => new(CallOutcomeKind.Canceled),
            _ => new(CallOutcomeKind.Failed) { Text = exception.GetType().Name },
        };

    /// <summary>The response.</summary>
    /// <param name="identity">The identity of the station.</param>
    /// <exception cref="Exception">What the call failed with.</exception>
    public byte[] GetResponse(string identity) =>
        Kind switch
        {
            CallOutcomeKind.Response when Payload is { } payload => payload,
            CallOutcomeKind.NotConnected => throw new OcppStationNotConnectedException(identity),
            CallOutcomeKind.CallError => throw new OcppCallErrorException(
                ErrorCode,
                ErrorCodeName,
                Text,
                Payload is { } details ? Utf8.Parse(details) : null
            ),
            CallOutcomeKind.InvalidResponse => throw (
                Violations is [var violation]
                    ? new OcppInvalidResponseException(violation.ToViolation())
                    : new OcppInvalidResponseException(Text)
            ),
            CallOutcomeKind.TimedOut => throw new OcppTimeoutException(Text),
            CallOutcomeKind.Closed => throw new OcppConnectionClosedException(
                new OcppCloseReason(CloseKind, CloseStatus, Text)
            ),
            CallOutcomeKind.InvalidRequest => throw new OcppValidationException([
                .. Violations.Select(one => one.ToViolation()),
            ]),
            CallOutcomeKind.QueueFull => throw new OcppQueueFullException(),
            CallOutcomeKind.OtherVersion => throw new InvalidOperationException(Text),
            CallOutcomeKind.UnknownAction => throw new ArgumentException(Text),
            CallOutcomeKind.Canceled => throw new OperationCanceledException(),
            _ => throw new OcppException($"The call failed on the node that holds the connection: {Text}."),
        };
}

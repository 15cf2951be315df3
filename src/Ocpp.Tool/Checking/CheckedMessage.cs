using Ocpp.Rpc;

namespace Ocpp.Tool.Checking;

/// <summary>Which message was checked, and where it is.</summary>
/// <param name="File">The file as it was named on the command line; <c>-</c> for the standard input.</param>
/// <param name="Line">The line on which the message begins, from 1 on.</param>
/// <param name="Type">What it is, as far as that can be read.</param>
/// <param name="Action">The action as on the wire: in a CALL, or in the CALL that it answers.</param>
/// <param name="MessageId">The message id as on the wire; null for a payload without a frame.</param>
/// <param name="Station">The station, if a pattern finds it.</param>
/// <param name="IsSigned">Whether it is a signed message, whose signature was not verified.</param>
internal readonly record struct CheckedMessage(
    string File,
    long Line,
    OcppMessageType? Type = null,
    string? Action = null,
    string? MessageId = null,
    string? Station = null,
    bool IsSigned = false
);

namespace Ocpp.Tool.Checking;

/// <summary>What the command line asks for.</summary>
/// <param name="ReadOptions">What is accepted.</param>
/// <param name="MaxViolations">How many violations of one message are reported at most.</param>
/// <param name="PayloadType">What each input is the payload of, when that is told.</param>
/// <param name="IsJson">Whether the report is for programs.</param>
internal sealed record CheckSettings(
    OcppReadOptions ReadOptions, int MaxViolations, PayloadType? PayloadType = null, bool IsJson = false);

namespace Ocpp.Tool.Checking;

/// <summary>What the command line asks for.</summary>
/// <param name="Protocol">The version of OCPP, where the log does not name another.</param>
/// <param name="ReadOptions">What is accepted.</param>
/// <param name="MaxViolations">How many violations of one message are reported at most.</param>
/// <param name="PayloadType">What each input is the payload of, if that is given.</param>
/// <param name="Stations">Finds the station of a frame; <see langword="null"/> if each log is of one.</param>
/// <param name="AcceptsOtherErrorCodes">Whether the error codes that OCPP 1.6 spells otherwise are accepted.</param>
/// <param name="IsJson">Whether the report is for programs.</param>
/// <param name="IsProtocolGiven">Whether <paramref name="Protocol"/> counts whatever the log names.</param>
internal sealed record CheckSettings(
    CheckedProtocol Protocol,
    OcppReadOptions ReadOptions,
    int MaxViolations,
    PayloadType? PayloadType = null,
    StationPattern? Stations = null,
    bool AcceptsOtherErrorCodes = false,
    bool IsJson = false,
    bool IsProtocolGiven = false
);

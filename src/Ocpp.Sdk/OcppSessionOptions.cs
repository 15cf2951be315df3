using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ocpp.Rpc;
using Ocpp.SignedMessages;
using Ocpp.Validation;
using Ocpp.WebSockets;

namespace Ocpp;

/// <summary>How a session behaves, and what it takes from its peer. Immutable, to be shared by many sessions.</summary>
public sealed record OcppSessionOptions
{
    /// <summary>The defaults.</summary>
    public static OcppSessionOptions Default { get; } = new();

    /// <summary>How long a call waits for its answer, from when it is sent. Default 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan ResponseTimeout
    {
        get;
        init => field = OptionValue.Positive(value, BackOff.Longest);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a handler may take until its CALL is answered with InternalError. Default 30 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan HandlerTimeout
    {
        get;
        init => field = OptionValue.Positive(value, BackOff.Longest);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the peer may take to receive a frame until the connection is aborted. Default 30 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan SendTimeout
    {
        get;
        init => field = OptionValue.Positive(value, BackOff.Longest);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the peer may take from the first byte of a message to its last until the connection is closed. Default
    /// 30 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan MessageTimeout
    {
        get;
        init => field = OptionValue.Positive(value, BackOff.Longest);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long closing waits for outstanding answers, and then for the peer's close frame. Default 5 seconds each.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan CloseTimeout
    {
        get;
        init => field = OptionValue.Positive(value, BackOff.Longest);
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The largest message that is received, in bytes; a larger one closes the connection with 1009. Default 1 MiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxMessageSize
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 1024 * 1024;

    /// <summary>
    /// How many messages a second the peer may send in the long run, and at once; more close the connection with 1008.
    /// Default 100.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxMessagesPerSecond
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 100;

    /// <summary>
    /// How many calls may wait while another one is unanswered; one more fails with
    /// <see cref="OcppQueueFullException"/>. Default 64.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxQueuedCalls
    {
        get;
        init => field = OptionValue.NotNegative(value);
    } = 64;

    /// <summary>
    /// How many of the peer's requests are handled at the same time. 1, the default, handles them in the order in which
    /// they came.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxConcurrentHandlers
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 1;

    /// <summary>
    /// How many of the peer's requests may wait to be handled, and how many refusals to be sent. While as many do,
    /// nothing is read from the connection, neither the answers to calls: the peer's messages wait with the peer. A
    /// peer that keeps to the rule of one outstanding CALL never has one waiting. Default 64.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxWaitingRequests
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 64;

    /// <summary>
    /// How many bytes the messages may have whose requests wait to be handled. While they have as many, nothing is
    /// read, as with <see cref="MaxWaitingRequests"/>; so they have at most as many and one message more. Default 256
    /// KiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxWaitingRequestBytes
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 256 * 1024;

    /// <summary>
    /// How strictly payloads are read; what is accepted beyond the specification is reported. Defaults to
    /// <see cref="OcppReadOptions.Tolerant"/>. <see cref="OcppSession.ReadOptions"/> sets it for one connection.
    /// </summary>
    public OcppReadOptions ReadOptions { get; init; } = OcppReadOptions.Tolerant;

    /// <summary>
    /// How strictly the payloads of single actions are read; takes precedence over <see cref="ReadOptions"/>. Defaults
    /// to <see cref="OcppActionReadOptions.None"/>.
    /// </summary>
    public OcppActionReadOptions ReadOptionsByAction { get; init; } = OcppActionReadOptions.None;

    /// <summary>
    /// How payloads are written. Defaults to <see cref="OcppWriteOptions.Strict"/>.
    /// <see cref="OcppSession.WriteOptions"/> sets it for one connection.
    /// </summary>
    public OcppWriteOptions WriteOptions { get; init; } = OcppWriteOptions.Strict;

    /// <summary>
    /// How many decimal places a number has at most in what a CSMS sends: the requests of which it is the
    /// <see cref="OcppAction.Sender"/>, and the answers to those of a charging station. Beyond them it is rounded, half
    /// away from zero. What a station sends keeps the full resolution of its source. Defaults to 6 (part 2, section
    /// 2.1.4).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not 0 to 28.</exception>
    public int CsmsDecimalPlaces
    {
        get;
        init => field = OptionValue.AtMost(value, OcppWriteOptions.AllDecimalPlaces);
    } = 6;

    /// <summary>
    /// Drop a message with an unknown message type number instead of answering it with MessageTypeNotSupported: what an
    /// erratum of 2025 asks for. Has no effect where the protocol has it so
    /// (<see cref="OcppProtocolRules.IgnoresUnknownMessageTypes"/>).
    /// </summary>
    public bool IgnoreUnknownMessageTypes { get; init; }

    /// <summary>
    /// How signed messages of the peer are verified (part 4, section 7). Defaults to <see langword="null"/>: they are
    /// answered as unknown actions. Has no effect where the protocol has no signed messages
    /// (<see cref="OcppProtocolRules.HasSignedMessages"/>).
    /// </summary>
    public OcppSignedMessageOptions? SignedMessages { get; init; }

    /// <summary>The clock of all time-outs.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where the session logs. No payload gets there. Of the reports the first of each <see cref="OcppReportKind"/> is
    /// logged at once, and those after it once a minute as their number: a handler's failures as errors, deviations
    /// that were accepted as information, all others as warnings.
    /// </summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>
    /// Called with every event that is not reported to a caller: see <see cref="OcppReportKind"/>. Runs on the thread
    /// on which it occurred; must not throw or block.
    /// </summary>
    public Action<OcppSession, OcppReport>? Reported { get; init; }

    /// <summary>Sees every frame. Called on the thread that receives or sends; must not throw or block.</summary>
    public OcppFrameTap? FrameTap { get; init; }
}

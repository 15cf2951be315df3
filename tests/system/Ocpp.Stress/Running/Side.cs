using System.Globalization;
using Ocpp.Rpc;
using Ocpp.Stress.Planning;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Stress.Running;

/// <summary>One session as its frames, reports and handlers show it, and the invariants that they must keep.</summary>
internal sealed class Side
{
    private readonly string _name;
    private readonly ScheduleRun _run;
    private readonly Journal _journal;
    private readonly OcppTestClock _clock;
    private readonly List<MadeCall> _calls = [];

    /// <summary>Calls that were sent and have no answer yet, by their message ids.</summary>
    private readonly Dictionary<string, MadeCall> _outstanding = [];
    private readonly HashSet<string> _answersReceived = [];
    private readonly List<TakenRequest> _taken = [];

    /// <summary>How many answers are owed and were sent, by message id.</summary>
    private readonly Dictionary<string, (int Owed, int Sent)> _answers = [];
    private int _lastOrder = -1;

    public Side(string name, ScheduleRun run, OcppSessionOptions options)
    {
        _name = name;
        _run = run;
        _journal = run.Journal;
        _clock = run.Clock;
        Options = options with { FrameTap = OnFrame, Reported = OnReport };
        Handlers = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set => set.On<DataTransferRequest, DataTransferResponse>(HandleAsync)
        );
    }

    public OcppSessionOptions Options { get; }

    public OcppHandlers Handlers { get; }

    public bool AllCallsHaveEnded
    {
        get
        {
            lock (_journal.Gate)
            {
                return _calls.TrueForAll(call => call.Outcome is not null);
            }
        }
    }

    public bool AllIsAnswered
    {
        get
        {
            lock (_journal.Gate)
            {
                return _answers.Values.All(answer => answer.Sent >= answer.Owed);
            }
        }
    }

    /// <summary>Whether every handler that was begun has ended, or was told that it should.</summary>
    public bool AllHandlersAreTold
    {
        get
        {
            lock (_journal.Gate)
            {
                return _taken.TrueForAll(request =>
                    !request.IsBegun || request.IsEnded || request.Token.IsCancellationRequested
                );
            }
        }
    }

    public bool HasRunningHandlers
    {
        get
        {
            lock (_journal.Gate)
            {
                return _taken.Exists(request => request.IsBegun && !request.IsEnded);
            }
        }
    }

    /// <summary>Makes a call and waits for its end.</summary>
    public async Task CallAsync(OcppSession session, CallPlan plan, int? order)
    {
        var call = new MadeCall(plan, order, _clock.GetTimestamp());
        lock (_journal.Gate)
        {
            _calls.Add(call);
            _journal.Note($"{_name} calls {plan.Number}");
        }

        switch (plan.Cancel)
        {
            case CancelKind.Before:
                Cancel(call);
                break;
            case CancelKind.AtOnce:
                ThreadPool.QueueUserWorkItem(Cancel, call, preferLocal: false);
                break;
        }

        try
        {
            DataTransferResponse response = await session.CallAsync(
                new DataTransferRequest { VendorId = Text(plan.Number) },
                call.Cancellation.Token
            );
            End(call, Outcome.Answered, response.StatusInfo?.ReasonCode);
        }
        catch (Exception exception)
        {
            End(call, OutcomeOf(call, exception), exception.GetType().Name);
        }
    }

    /// <summary>Cancels a call that a step names, if it was made.</summary>
    public void Cancel(int number)
    {
        MadeCall? call;
        lock (_journal.Gate)
        {
            call = _calls.Find(call => call.Plan.Number == number);
        }

        if (call is not null)
        {
            Cancel(call);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Cancel(MadeCall call)
    {
        lock (_journal.Gate)
        {
            call.IsCancelRequested = true;
            _journal.Note($"{_name} cancels {call.Plan.Number}");
        }

        call.Cancellation.Cancel();
    }

    private Outcome? OutcomeOf(MadeCall call, Exception exception)
    {
        bool wasSent = call.MessageId is not null;
        switch (exception)
        {
            case OcppCallErrorException:
                return Outcome.Error;
            case OcppInvalidResponseException:
                return Outcome.InvalidAnswer;
            case OcppTimeoutException:
                return Outcome.TimedOut;
            case OperationCanceledException when call.Plan.Cancel == CancelKind.Before && !wasSent:
                return Outcome.CancelledBefore;
            case OperationCanceledException:
                return Outcome.Cancelled;
            case OcppConnectionClosedException:
                return Outcome.Closed;
            case OcppQueueFullException:
                return Outcome.QueueFull;
            default:
                _journal.Violate(Invariants.OneOutcome, $"{_name}'s call {call.Plan.Number} failed with {exception}");
                return null;
        }
    }

    private void End(MadeCall call, Outcome? outcome, string? detail)
    {
        lock (_journal.Gate)
        {
            _journal.Note($"{_name}'s call {call.Plan.Number} ends: {outcome}, {detail}");
            if (outcome is not { } known)
            {
                call.Outcome = Outcome.Closed;
                return;
            }

            call.Outcome = known;
            _run.Tally.Add(Tally.Of(known));
            bool hasAnswer = call.MessageId is { } id && _answersReceived.Contains(id);
            bool hasCause = known switch
            {
                Outcome.Answered => hasAnswer
                    && call.Plan.Handler
                        is not (
                            HandlerKind.Throw
                            or HandlerKind.Refuse
                            or HandlerKind.AnswerInvalid
                            or HandlerKind.NeverEnd
                        ),
                Outcome.Error or Outcome.InvalidAnswer => hasAnswer,
                Outcome.TimedOut => _clock.GetElapsedTime(call.MadeAt) >= Options.ResponseTimeout,
                Outcome.Cancelled or Outcome.CancelledBefore => call.IsCancelRequested,
                Outcome.Closed => !_run.SessionOf(this).IsOpen,
                _ => _calls.Count > Options.MaxQueuedCalls + 1,
            };
            if (!hasCause)
            {
                _journal.Violate(
                    Invariants.OneOutcome,
                    $"{_name}'s call {call.Plan.Number} ended as {known} ({detail})"
                );
            }

            if (known == Outcome.Answered && detail != Text(call.Plan.Number))
            {
                _journal.Violate(Invariants.OwnAnswer, $"{_name}'s call {call.Plan.Number} got the answer to {detail}");
            }

            if (call.WasOvertaken && known is not (Outcome.TimedOut or Outcome.Cancelled))
            {
                _journal.Violate(
                    Invariants.OneOutstanding,
                    $"{_name}'s call {call.Plan.Number} ended as {known} after another CALL was sent"
                );
            }
        }
    }

    private void OnFrame(OcppSession session, bool isSent, ReadOnlySpan<byte> utf8Frame)
    {
        if (!OcppFrame.TryRead(utf8Frame, out OcppFrame frame, out OcppFrameError error))
        {
            lock (_journal.Gate)
            {
                _journal.Note($"{_name} receives no frame: {error.MessageType}, {error.MessageId}");
                if (error.NeedsAnswer)
                {
                    Owe(error.MessageId);
                }
                else
                {
                    OnAnswer(error.MessageId);
                }
            }

            return;
        }

        string id = frame.MessageId;
        int number =
            frame.MessageType == OcppMessageType.Call
            && OcppJson.TryParse(frame.Payload, out DataTransferRequest? request, out _)
                ? int.Parse(request.VendorId, CultureInfo.InvariantCulture)
                : 0;
        lock (_journal.Gate)
        {
            _journal.Note(
                $"{_name} {(isSent ? "sends" : "receives")} {frame.MessageType} {id} {(number > 0 ? Text(number) : "")}"
            );
            switch (frame.MessageType, isSent)
            {
                case (OcppMessageType.Call, true):
                    OnCallSent(id, number);
                    break;
                case (OcppMessageType.Call, false):
                    Owe(id);
                    if (number > 0)
                    {
                        _taken.Add(new TakenRequest(id, number));
                    }

                    break;
                case (_, true):
                    OnAnswerSent(id);
                    break;
                default:
                    OnAnswer(id);
                    break;
            }
        }
    }

    private void OnCallSent(string id, int number)
    {
        MadeCall call = _calls.Find(call => call.Plan.Number == number)!;
        call.MessageId = id;
        foreach (MadeCall other in _outstanding.Values)
        {
            // Its end is seen later than it happens: what must be true now is that it could end, and then how it ended.
            other.WasOvertaken = true;
            if (!other.IsCancelRequested && _clock.GetElapsedTime(other.MadeAt) < Options.ResponseTimeout)
            {
                _journal.Violate(
                    Invariants.OneOutstanding,
                    $"{_name} sent call {number} while {other.Plan.Number} waited for its answer"
                );
            }
        }

        _outstanding.Clear();
        _outstanding.Add(id, call);
        if (call.Order is { } order)
        {
            if (order < _lastOrder)
            {
                _journal.Violate(Invariants.CallOrder, $"{_name} sent call {number} after one that was made later");
            }

            _lastOrder = order;
        }

        if (call.Plan.Cancel == CancelKind.WhileSending)
        {
            ThreadPool.QueueUserWorkItem(Cancel, call, preferLocal: false);
        }
    }

    private void OnAnswer(string id)
    {
        _answersReceived.Add(id);
        _outstanding.Remove(id);
    }

    private void Owe(string id)
    {
        (int owed, int sent) = _answers.GetValueOrDefault(id);
        _answers[id] = (owed + 1, sent);
    }

    private void OnAnswerSent(string id)
    {
        (int owed, int sent) = _answers.GetValueOrDefault(id);
        _answers[id] = (owed, sent + 1);
        if (sent + 1 > owed)
        {
            _journal.Violate(Invariants.OneAnswer, $"{_name} sent {sent + 1} answers to {id}, which came {owed} times");
        }
    }

    private void OnReport(OcppSession session, OcppReport report)
    {
        lock (_journal.Gate)
        {
            _journal.Note($"{_name} reports {report.Kind} {report.MessageId} {report.Exception?.GetType().Name}");
            _run.Tally.Add($"report {report.Kind}");
            switch (report.Kind)
            {
                case OcppReportKind.RepeatedMessageId:
                    (int owed, int sent) = _answers[report.MessageId!];
                    _answers[report.MessageId!] = (owed - 1, sent);
                    _taken.RemoveAt(_taken.FindLastIndex(request => request.MessageId == report.MessageId));
                    break;
                case OcppReportKind.HandlerTimedOut:
                    _taken
                        .Find(request =>
                            request.MessageId == report.MessageId && !request.IsTimedOut && !request.IsEnded
                        )!
                        .IsTimedOut = true;
                    break;
            }
        }
    }

    private async Task<DataTransferResponse> HandleAsync(DataTransferRequest request, OcppRequestContext context)
    {
        int number = int.Parse(request.VendorId, CultureInfo.InvariantCulture);
        CallPlan plan = _run.Schedule.Calls[number - 1];
        TakenRequest taken = Begin(number, context.CancellationToken);
        _run.Tally.Add(Tally.Of(plan.Handler));
        try
        {
            switch (plan.Handler)
            {
                case HandlerKind.AnswerLater:
                    await Task.Delay(TimeSpan.FromMilliseconds(plan.Milliseconds), _clock, context.CancellationToken);
                    break;
                case HandlerKind.AnswerLaterDeaf:
                    await Task.Delay(TimeSpan.FromMilliseconds(plan.Milliseconds), _clock, CancellationToken.None);
                    break;
                case HandlerKind.CallBack when _run.TryBeginCallBack(plan.CallBack):
                    await CallAsync(context.Session, _run.Schedule.Calls[plan.CallBack - 1], order: null);
                    break;
                case HandlerKind.Throw:
                    throw new InvalidOperationException("as planned");
                case HandlerKind.Refuse:
                    throw new OcppCallErrorException(OcppErrorCode.SecurityError, "as planned");
                case HandlerKind.NeverEnd:
                    await new TaskCompletionSource().Task;
                    break;
                case HandlerKind.Block:
                    _run.BlockedUntilTheEnd.Wait(CancellationToken.None);
                    break;
            }

            return new DataTransferResponse
            {
                Status = DataTransferStatusEnumType.Accepted,
                StatusInfo = new StatusInfoType
                {
                    ReasonCode =
                        plan.Handler == HandlerKind.AnswerInvalid
                            ? new string('x', StatusInfoType.ReasonCodeMaxLength + 1)
                            : request.VendorId,
                    AdditionalInfo = plan.Padding == 0 ? null : new string('x', plan.Padding),
                },
            };
        }
        finally
        {
            lock (_journal.Gate)
            {
                taken.IsEnded = true;
                _journal.Note($"{_name}'s handler of {number} ends");
            }
        }
    }

    private TakenRequest Begin(int number, CancellationToken token)
    {
        lock (_journal.Gate)
        {
            _journal.Note($"{_name}'s handler of {number} begins");

            // One whose time was up before a thread was free for it does not begin any more, but a repeated one does.
            TakenRequest taken =
                _taken.Find(request => request.Number == number && !request.IsBegun && !request.IsTimedOut)
                ?? _taken.Find(request => request.Number == number && !request.IsBegun)!;
            taken.IsBegun = true;
            taken.Token = token;
            if (
                Options.MaxConcurrentHandlers == 1
                && _taken
                    .TakeWhile(request => request != taken)
                    .FirstOrDefault(request => !request.IsBegun && !request.IsTimedOut)
                    is { } earlier
            )
            {
                _journal.Violate(Invariants.HandlingOrder, $"{_name} handled {number} before {earlier.Number}");
            }

            int running = _taken.Count(request => request.IsBegun && !request.IsEnded && !request.IsTimedOut);
            if (running > Options.MaxConcurrentHandlers)
            {
                _journal.Violate(Invariants.HandlerCount, $"{_name} runs {running} handlers");
            }

            return taken;
        }
    }
}

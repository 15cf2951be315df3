using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Ocpp.Rpc;
using Ocpp.Stress.Planning;
using Ocpp.Testing;

namespace Ocpp.Stress.Running;

/// <summary>Two sessions that go through a schedule.</summary>
internal sealed class ScheduleRun
{
    /// <summary>How long, by the machine's clock, something may take that waits for no other clock.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Side _station;
    private readonly Side _csms;
    private readonly OcppPair _pair;
    private readonly List<Task> _closings = [];
    private readonly HashSet<int> _callBacks = [];

    /// <summary>The frames that each side has sent, for those that are repeated.</summary>
    private readonly List<byte[]> _stationFrames = [];
    private readonly List<byte[]> _csmsFrames = [];

    public ScheduleRun(Schedule schedule, Tally tally)
    {
        Schedule = schedule;
        Tally = tally;
        Journal = new Journal(Clock);
        _station = new Side("station", this, schedule.Station);
        _csms = new Side("CSMS", this, schedule.Csms);
        _pair = OcppPair.Create(
            _station.Handlers,
            _csms.Handlers,
            new OcppPairOptions
            {
                Station = _station.Options,
                Csms = _csms.Options,
                TimeProvider = Clock,
                Capacity = schedule.Capacity,
                Faults = ChooseFault,
            }
        );
    }

    public Schedule Schedule { get; }

    public Tally Tally { get; }

    public OcppTestClock Clock { get; } = new();

    public Journal Journal { get; }

    /// <summary>What handlers that block wait for.</summary>
    public ManualResetEventSlim BlockedUntilTheEnd { get; } = new();

    /// <summary>Both sessions, to see whether they live on.</summary>
    public IEnumerable<WeakReference> Sessions => [new(_pair.Station), new(_pair.Csms)];

    public OcppSession SessionOf(Side side) => side == _station ? _pair.Station : _pair.Csms;

    /// <summary>A repeated request must not repeat the call of its handler, which has one number.</summary>
    public bool TryBeginCallBack(int number)
    {
        lock (Journal.Gate)
        {
            return _callBacks.Add(number);
        }
    }

    public async Task RunAsync()
    {
        await Task.WhenAll(
            Task.Run(() => FollowAsync(Schedule.StationLane, _station)),
            Task.Run(() => FollowAsync(Schedule.CsmsLane, _csms))
        );
        if (Schedule.AwaitsAll)
        {
            await AdvanceUntilAsync(Invariants.CallsEnd, () => _station.AllCallsHaveEnded && _csms.AllCallsHaveEnded);
            await AdvanceUntilAsync(Invariants.AllAnswered, () => IsServed(_station) && IsServed(_csms));
        }

        End(Schedule.Ending, Schedule.IsEndedByStation ? _station : _csms);
        await AdvanceUntilAsync(
            Invariants.SessionsEnd,
            () =>
                _pair.Station.Completion.IsCompleted
                && _pair.Csms.Completion.IsCompleted
                && _closings.TrueForAll(closing => closing.IsCompleted)
        );
        if (Journal.Violations.Count > 0)
        {
            BlockedUntilTheEnd.Set();
            return;
        }

        await Task.WhenAll(_closings);
        Tally.Add(Tally.Of((await _pair.Station.Completion).Kind));
        Tally.Add(Tally.Of((await _pair.Csms.Completion).Kind));
        await _pair.DisposeAsync();

        // From here on nothing needs the clock, except a handler that does not end.
        await WaitUntilAsync(Invariants.CallsEnd, () => _station.AllCallsHaveEnded && _csms.AllCallsHaveEnded);
        await WaitUntilAsync(Invariants.HandlersAreTold, () => _station.AllHandlersAreTold && _csms.AllHandlersAreTold);
        BlockedUntilTheEnd.Set();
        await UntilAsync(
            Invariants.NoTimer,
            () => Clock.ArmedTimers == 0,
            () =>
            {
                if (_station.HasRunningHandlers || _csms.HasRunningHandlers)
                {
                    Advance(500);
                }
            }
        );

        bool IsServed(Side side) => side.AllIsAnswered || !SessionOf(side).IsOpen;
    }

    private static OcppFault Garbage(int choice, ReadOnlySpan<byte> frame)
    {
        string id = OcppFrame.TryRead(frame, out OcppFrame read, out _)
            ? read.MessageId
            : OcppFrame.UnreadableMessageId;
        return OcppFault.Replace(
            Encoding.UTF8.GetBytes(
                choice switch
                {
                    0 => "garbage",
                    1 => $"[2,\"{id}\",\"DataTransfer\"",
                    2 => $"[3,\"{id}\",{{\"status\":\"None\"}}]",
                    3 => $"[3,\"{id}\",",
                    4 => $"[7,\"{id}\",{{}}]",
                    5 => $"[4,\"{id}\",\"NoSuchCode\",\"\",{{}}]",
                    6 => $"[2,\"{id}x\",\"NoSuchAction\",{{}}]",
                    _ => "[3,\"unknown\",{\"status\":\"Accepted\"}]",
                }
            )
        );
    }

    private OcppFault ChooseFault(OcppParty sender, ReadOnlySpan<byte> frame)
    {
        bool isStation = sender == OcppParty.ChargingStation;
        List<byte[]> sent = isStation ? _stationFrames : _csmsFrames;
        IReadOnlyList<FaultPlan> plans = isStation ? Schedule.StationFaults : Schedule.CsmsFaults;

        // A side sends one frame at a time: nobody else touches its list.
        sent.Add(frame.ToArray());
        FaultPlan plan = sent.Count <= plans.Count ? plans[sent.Count - 1] : new FaultPlan(FaultKind.None, 0, 0);
        Tally.Add(Tally.Of(plan.Kind));
        if (plan.Kind != FaultKind.None)
        {
            Journal.Note($"{sender}'s frame {sent.Count} meets {plan.Kind}");
        }

        return plan.Kind switch
        {
            FaultKind.Drop => OcppFault.Drop,
            FaultKind.Delay => OcppFault.Delay(TimeSpan.FromMilliseconds(plan.Milliseconds)),
            FaultKind.Garbage => Garbage(plan.Choice, frame),
            FaultKind.Repeat => OcppFault.Replace(sent[Math.Max(0, sent.Count - 1 - plan.Choice)]),
            FaultKind.Cut => OcppFault.Cut,
            _ => OcppFault.None,
        };
    }

    private async Task FollowAsync(IReadOnlyList<Step> lane, Side side)
    {
        for (int i = 0; i < lane.Count; i++)
        {
            Step step = lane[i];
            switch (step.Kind)
            {
                case StepKind.Call:
                    _ = side.CallAsync(SessionOf(side), Schedule.Calls[step.Call - 1], order: i);
                    break;
                case StepKind.Cancel:
                    side.Cancel(step.Call);
                    break;
                case StepKind.Advance:
                    Advance(step.Amount);
                    break;
                case StepKind.Yield:
                    for (int times = 0; times < step.Amount; times++)
                    {
                        await Task.Yield();
                    }

                    break;
                case StepKind.Settle:
                    await SettleAsync();
                    break;
                default:
                    End(step.Kind, side);
                    break;
            }
        }
    }

    private void End(StepKind kind, Side side)
    {
        OcppSession session = SessionOf(side);
        Journal.Note($"{(side == _station ? "station" : "CSMS")}: {kind}");
        switch (kind)
        {
            case StepKind.Abort:
                session.Abort("as planned");
                break;
            case StepKind.Cut:
                _pair.Cut();
                break;
            default:
                Task closing = session.CloseAsync(
                    WebSocketCloseStatus.NormalClosure,
                    "as planned",
                    drain: kind == StepKind.Close
                );
                lock (Journal.Gate)
                {
                    _closings.Add(closing);
                }

                break;
        }
    }

    private void Advance(int milliseconds)
    {
        Journal.Note(string.Create(CultureInfo.InvariantCulture, $"the clock moves on {milliseconds} ms"));
        Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
    }

    /// <summary>Until nothing has happened for a while.</summary>
    private async Task SettleAsync()
    {
        int last = Journal.Count;
        for (int quiet = 0; quiet < 20; quiet++)
        {
            await Task.Yield();
            int now = Journal.Count;
            quiet = now == last ? quiet : 0;
            last = now;
        }
    }

    /// <summary>Moves the clock on, whenever nothing else happens, until something is true.</summary>
    private Task AdvanceUntilAsync(string invariant, Func<bool> isTrue) =>
        UntilAsync(invariant, isTrue, () => Advance(500));

    /// <summary>Waits, with the clock standing still.</summary>
    private Task WaitUntilAsync(string invariant, Func<bool> isTrue) => UntilAsync(invariant, isTrue, static () => { });

    private async Task UntilAsync(string invariant, Func<bool> isTrue, Action next)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isTrue())
        {
            if (Stopwatch.GetElapsedTime(start) > s_patience)
            {
                Journal.Violate(
                    invariant,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"not within {s_patience.TotalSeconds} s; {Clock.ArmedTimers} timers are armed"
                    )
                );
                return;
            }

            await SettleAsync();
            if (!isTrue())
            {
                next();
            }
        }
    }
}

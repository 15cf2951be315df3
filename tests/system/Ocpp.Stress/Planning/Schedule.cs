using System.Globalization;
using System.Text;
using Ocpp.Rpc;

namespace Ocpp.Stress.Planning;

/// <summary>
/// All decisions of one run, made before it begins: threads may interleave as they like, what is tried follows from the
/// seed.
/// </summary>
internal sealed class Schedule
{
    private const int MaxCalls = 14;

    private readonly Random _random;
    private readonly List<CallPlan> _calls = [];

    public Schedule(int seed, int number)
    {
        Number = number;
        _random = new Random(unchecked((seed * 7919) + number));

        // One in three has no fault and no end before its end: what goes wrong there has no excuse.
        bool isCalm = Chance(1, 3);
        Station = PlanOptions(isCalm);
        Csms = PlanOptions(isCalm);
        Capacity = Chance(1, 6) ? 64 : 64 * 1024;
        StationLane = PlanLane(OcppParty.ChargingStation, isCalm);
        CsmsLane = PlanLane(OcppParty.Csms, isCalm);
        StationFaults = PlanFaults(isCalm);
        CsmsFaults = PlanFaults(isCalm);
        Ending = (StepKind)_random.Next((int)StepKind.Close, (int)StepKind.Cut + 1);
        IsEndedByStation = Chance(1, 2);
        AwaitsAll = Chance(1, 2);
    }

    public int Number { get; }

    public OcppSessionOptions Station { get; }

    public OcppSessionOptions Csms { get; }

    /// <summary>How many bytes are under way until sending waits.</summary>
    public int Capacity { get; }

    public IReadOnlyList<CallPlan> Calls => _calls;

    public IReadOnlyList<Step> StationLane { get; }

    public IReadOnlyList<Step> CsmsLane { get; }

    /// <summary>What becomes of the station's frames, by their order; of those behind the list, nothing.</summary>
    public IReadOnlyList<FaultPlan> StationFaults { get; }

    public IReadOnlyList<FaultPlan> CsmsFaults { get; }

    /// <summary>How the connection ends if nothing ended it before.</summary>
    public StepKind Ending { get; }

    public bool IsEndedByStation { get; }

    /// <summary>Whether it ends only when every call has ended and every request has its answer.</summary>
    public bool AwaitsAll { get; }

    public override string ToString()
    {
        var text = new StringBuilder();
        string side = IsEndedByStation ? "station" : "CSMS";
        string when = AwaitsAll ? " when all is answered" : "";
        text.AppendLine(FormattableString.Invariant($"capacity {Capacity}, ends with {Ending} by the {side}{when}"));
        Describe("station", Station, StationLane, StationFaults);
        Describe("CSMS", Csms, CsmsLane, CsmsFaults);
        text.AppendJoin('\n', _calls);
        return text.ToString();

        void Describe(
            string name,
            OcppSessionOptions options,
            IReadOnlyList<Step> lane,
            IReadOnlyList<FaultPlan> faults
        )
        {
            text.AppendLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: response {options.ResponseTimeout}, handler {options.HandlerTimeout}, send "
                        + $"{options.SendTimeout}, close {options.CloseTimeout}, "
                )
            );
            text.AppendLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  handlers {options.MaxConcurrentHandlers}, waiting {options.MaxWaitingRequests}, queued "
                        + $"{options.MaxQueuedCalls}, rate {options.MaxMessagesPerSecond}"
                )
            );
            text.AppendLine(CultureInfo.InvariantCulture, $"  steps:  {string.Join(", ", lane)}");
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  frames: {string.Join(", ", faults.Select(fault => fault.Kind))}"
            );
        }
    }

    private OcppSessionOptions PlanOptions(bool isCalm) =>
        new()
        {
            ResponseTimeout = Milliseconds(1000, 10_000),
            HandlerTimeout = Milliseconds(1000, 10_000),
            SendTimeout = Milliseconds(2000, 10_000),
            MessageTimeout = Milliseconds(2000, 10_000),
            CloseTimeout = Milliseconds(1000, 5000),
            MaxConcurrentHandlers = Chance(2, 3) ? 1 : _random.Next(2, 5),
            MaxWaitingRequests = isCalm || Chance(3, 4) ? 16 : _random.Next(1, 3),
            MaxQueuedCalls = Chance(4, 5) ? 64 : _random.Next(0, 3),
            MaxMessagesPerSecond = isCalm || Chance(9, 10) ? 10_000 : _random.Next(3, 8),
        };

    private List<Step> PlanLane(OcppParty caller, bool isCalm)
    {
        var steps = new List<Step>();
        int calls = _random.Next(1, MaxCalls / 2 + 1);
        var cancellable = new List<int>();
        for (int i = 0; i < calls; i++)
        {
            CallPlan call = PlanCall(caller, mayCallBack: true);
            steps.Add(new Step(StepKind.Call, call.Number));
            if (call.Cancel == CancelKind.ByStep)
            {
                cancellable.Add(call.Number);
            }

            while (Chance(1, 2))
            {
                steps.Add(PlanPause(cancellable));
            }
        }

        steps.AddRange(cancellable.Select(call => new Step(StepKind.Cancel, call)));
        if (!isCalm && Chance(1, 4))
        {
            steps.Insert(
                _random.Next(steps.Count + 1),
                new Step((StepKind)_random.Next((int)StepKind.Close, (int)StepKind.Cut + 1))
            );
        }

        return steps;
    }

    private Step PlanPause(List<int> cancellable)
    {
        switch (_random.Next(8))
        {
            case 0 when cancellable.Count > 0:
                int call = cancellable[_random.Next(cancellable.Count)];
                cancellable.Remove(call);
                return new Step(StepKind.Cancel, call);
            case <= 1:
                return new Step(StepKind.Advance, Amount: _random.Next(1, 4000));
            case <= 4:
                return new Step(StepKind.Settle);
            default:
                return new Step(StepKind.Yield, Amount: _random.Next(1, 20));
        }
    }

    private CallPlan PlanCall(OcppParty caller, bool mayCallBack)
    {
        // Its place is taken first: the call that its handler makes has a number of its own.
        int index = _calls.Count;
        _calls.Add(null!);
        HandlerKind handler = PlanHandler(mayCallBack);
        int callBack =
            handler != HandlerKind.CallBack
                ? 0
                : PlanCall(
                    caller == OcppParty.Csms ? OcppParty.ChargingStation : OcppParty.Csms,
                    mayCallBack: false
                ).Number;
        CancelKind cancel = _random.Next(16) switch
        {
            0 => CancelKind.Before,
            1 => CancelKind.AtOnce,
            2 => CancelKind.WhileSending,
            <= 4 when mayCallBack => CancelKind.ByStep,
            _ => CancelKind.Never,
        };
        return _calls[index] = new CallPlan(
            index + 1,
            caller,
            cancel,
            handler,
            _random.Next(1, 12_000),
            callBack,
            Chance(1, 4) ? _random.Next(500) : 0
        );
    }

    private HandlerKind PlanHandler(bool mayCallBack) =>
        _random.Next(24) switch
        {
            < 12 => HandlerKind.Answer,
            < 15 => HandlerKind.AnswerLater,
            15 => HandlerKind.AnswerLaterDeaf,
            < 19 when mayCallBack => HandlerKind.CallBack,
            19 => HandlerKind.Throw,
            20 => HandlerKind.Refuse,
            21 => HandlerKind.AnswerInvalid,
            22 => HandlerKind.NeverEnd,
            23 when Chance(1, 3) => HandlerKind.Block,
            _ => HandlerKind.Answer,
        };

    private List<FaultPlan> PlanFaults(bool isCalm)
    {
        int frames = isCalm ? 0 : _random.Next(3 * MaxCalls);
        int share = _random.Next(4, 20);
        var faults = new List<FaultPlan>();
        for (int i = 0; i < frames; i++)
        {
            FaultKind kind =
                _random.Next(share) > 0
                    ? FaultKind.None
                    : _random.Next(16) switch
                    {
                        < 4 => FaultKind.Drop,
                        < 8 => FaultKind.Delay,
                        < 11 => FaultKind.Garbage,
                        < 15 => FaultKind.Repeat,
                        _ => FaultKind.Cut,
                    };
            faults.Add(new FaultPlan(kind, _random.Next(1, 8000), _random.Next(8)));
        }

        return faults;
    }

    private TimeSpan Milliseconds(int from, int to) => TimeSpan.FromMilliseconds(_random.Next(from, to));

    private bool Chance(int part, int of) => _random.Next(of) < part;
}

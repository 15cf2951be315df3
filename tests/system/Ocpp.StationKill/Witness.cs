using Ocpp.V201;

namespace Ocpp.StationKill;

/// <summary>What the CSMS has seen of the transaction. Thread-safe.</summary>
internal sealed class Witness
{
    private readonly object _gate = new();
    private readonly List<TransactionEventRequest> _first = [];
    private readonly List<TransactionEventRequest> _handled = [];
    private readonly List<string> _faults = [];
    private (int Count, TaskCompletionSource Reached) _awaited = (int.MaxValue, new TaskCompletionSource());
    private int _repeated;
    private int _offline;

    /// <summary>How many events have arrived, how many of them again, and how many had occurred offline.</summary>
    public (int Arrived, int Repeated, int Offline) Counts
    {
        get
        {
            lock (_gate)
            {
                return (_first.Count, _repeated, _offline);
            }
        }
    }

    /// <summary>
    /// Waits until so many events have arrived, for the first time or again, or until the time is up.
    /// </summary>
    public Task WhenArrivedAsync(int more, TimeSpan atMost)
    {
        lock (_gate)
        {
            _awaited = (_first.Count + _repeated + more, new TaskCompletionSource());
            return Task.WhenAny(_awaited.Reached.Task, Task.Delay(atMost));
        }
    }

    /// <summary>
    /// Takes an event: it has to be the next one, or the last one once more, in which nothing has changed but that it
    /// waited offline.
    /// </summary>
    public void Take(TransactionEventRequest request)
    {
        lock (_gate)
        {
            if (request.SeqNo == _first.Count)
            {
                _first.Add(request);
                _offline += request.Offline == true ? 1 : 0;
            }
            else if (request.SeqNo == _first.Count - 1 && request with { Offline = _first[^1].Offline } == _first[^1])
            {
                _repeated++;
            }
            else
            {
                _faults.Add($"event {request.SeqNo} arrived after event {_first.Count - 1}");
            }

            if (_first.Count + _repeated >= _awaited.Count)
            {
                _awaited.Reached.TrySetResult();
            }
        }
    }

    /// <summary>Handles an event that the CSMS has not recognized as one that it had before.</summary>
    public TransactionEventResponse Handle(TransactionEventRequest request)
    {
        lock (_gate)
        {
            _handled.Add(request);
            return new TransactionEventResponse();
        }
    }

    /// <summary>What is wrong; empty if nothing is.</summary>
    /// <param name="events">How many events the transaction has.</param>
    /// <param name="interruptions">How many kills and cuts there were: each may repeat one event.</param>
    public IReadOnlyList<string> Verdict(int events, int interruptions)
    {
        lock (_gate)
        {
            var faults = new List<string>(_faults);
            if (_first.Count != events)
            {
                faults.Add($"{_first.Count} of {events} events arrived");
            }

            if (!_handled.SequenceEqual(_first))
            {
                faults.Add($"{_handled.Count} events were handled, with {_first.Count} that arrived");
            }

            if (_first.DistinctBy(one => one.TransactionInfo.TransactionId).Count() != 1)
            {
                faults.Add("the events are not of one transaction");
            }

            if (_first is [.., { EventType: not TransactionEventEnumType.Ended }])
            {
                faults.Add("the last event does not end the transaction");
            }

            if (_repeated > interruptions)
            {
                faults.Add($"{_repeated} events were repeated, with {interruptions} interruptions");
            }

            return faults;
        }
    }
}

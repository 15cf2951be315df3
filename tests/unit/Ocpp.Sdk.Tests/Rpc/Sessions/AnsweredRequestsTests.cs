using Ocpp.Rpc;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Which request a CALLRESULTERROR is about.</summary>
public sealed class AnsweredRequestsTests
{
    private const int Capacity = 8;

    private readonly AnsweredRequests _answered = new();

    [Fact]
    public void A_request_is_taken_once()
    {
        Action<OcppResponseError> rejected = _ => { };
        _answered.Add("1", "Heartbeat", rejected);

        Assert.Equal((true, "Heartbeat", rejected), Take("1"));
        Assert.Equal((false, null, null), Take("1"));
    }

    [Fact]
    public void A_request_that_was_not_answered_is_not_found()
    {
        _answered.Add("1", "Heartbeat", null);

        Assert.Equal((false, null, null), Take("2"));
        Assert.Equal((true, "Heartbeat", null), Take("1"));
    }

    [Fact]
    public void The_newest_of_several_with_one_id_is_taken_first()
    {
        string[] actions = [.. Enumerable.Range(1, Capacity + 3).Select(number => $"Action{number}")];
        foreach (string action in actions)
        {
            _answered.Add("1", action, null);
        }

        IEnumerable<string?> taken = actions.Select(_ => Take("1").Action);

        Assert.Equal([.. Enumerable.Reverse(actions).Take(Capacity), null, null, null], taken);
    }

    [Fact]
    public void The_last_eight_are_kept()
    {
        string[] ids = [.. Enumerable.Range(1, (2 * Capacity) + 3).Select(number => $"{number}")];
        foreach (string id in ids)
        {
            _answered.Add(id, "Heartbeat", null);
        }

        Assert.Equal(ids.TakeLast(Capacity), ids.Where(id => Take(id).IsFound));
    }

    private (bool IsFound, string? Action, Action<OcppResponseError>? Rejected) Take(string id) =>
        (_answered.TryTake(id, out string action, out Action<OcppResponseError>? rejected), action, rejected);
}

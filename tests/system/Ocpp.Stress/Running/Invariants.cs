namespace Ocpp.Stress.Running;

/// <summary>What must hold, in words.</summary>
internal static class Invariants
{
    public const string CallsEnd = "every call ends";
    public const string OneOutcome = "a call ends with an outcome that it has a cause for";
    public const string OwnAnswer = "a call gets its own answer";
    public const string OneOutstanding = "one CALL at a time is outstanding";
    public const string CallOrder = "calls are sent in the order in which they were made";
    public const string HandlingOrder = "one handler at a time takes the requests in the order in which they came";
    public const string HandlerCount = "no more handlers run than allowed";
    public const string OneAnswer = "a request is answered once";
    public const string AllAnswered = "every request is answered";
    public const string SessionsEnd = "a session that is closed ends";
    public const string HandlersAreTold = "a handler that runs when the connection ends is told";
    public const string NoTimer = "no timer is armed after the end";
    public const string NoSession = "no session lives after its end";
    public const string NoUnobserved = "no exception of a task goes unobserved";
    public const string Measured = "what is measured is what happened";
}

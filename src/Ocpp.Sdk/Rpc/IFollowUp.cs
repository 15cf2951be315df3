namespace Ocpp.Rpc;

/// <summary>
/// What a message asks for that is the application's, and may block: a request has its handler called, the answer to a
/// call lets its caller continue.
/// </summary>
internal interface IFollowUp
{
    /// <summary>Does it on this thread. Does not fail.</summary>
    void Run();
}

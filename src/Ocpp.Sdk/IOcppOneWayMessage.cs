namespace Ocpp;

/// <summary>
/// A message that nothing answers, with the action that names it on the wire (OCPP 2.1 part 4, SEND).
/// </summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
public interface IOcppOneWayMessage<TSelf> : IOcppAction<TSelf>
    where TSelf : class, IOcppOneWayMessage<TSelf>
{
    /// <summary>
    /// The action of a SEND that carries this message, such as <c>NotifyPeriodicEventStream</c>. Case-sensitive.
    /// </summary>
    static abstract string Action { get; }

    static string IOcppAction<TSelf>.ActionName => TSelf.Action;
}

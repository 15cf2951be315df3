namespace Ocpp.Rpc;

/// <summary>A class that handles requests, and where its instances come from.</summary>
/// <param name="type">The class.</param>
internal abstract class HandlerClass(Type type)
{
    public Type Type { get; } = type;

    /// <summary>The instance that handles all requests; none if each request has one of its own.</summary>
    public virtual object? Instance => null;

    /// <summary>The instance for one request. Is disposed of when the request is handled.</summary>
    public abstract HandlerLease Open();
}

namespace Ocpp.Rpc;

/// <summary>One instance for all requests, which belongs to the application.</summary>
internal sealed class SingleHandler(object instance) : HandlerClass(instance.GetType())
{
    public override object Instance => instance;

    public override HandlerLease Open() => new(instance);
}

using System.Reflection;

namespace Ocpp.Orleans.Tests.Running;

/// <summary>A membership store that can only be read.</summary>
public class StubStore : DispatchProxy
{
    private Task<MembershipTableData>? _stored;

    internal static IMembershipTable Create(Task<MembershipTableData> stored)
    {
        IMembershipTable store = Create<IMembershipTable, StubStore>();
        ((StubStore)store)._stored = stored;
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name == nameof(IMembershipTable.ReadAllAsync) ? _stored : throw new NotSupportedException();
}

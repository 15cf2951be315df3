using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Ocpp.Rpc;

/// <summary>
/// An instance for each request, in a scope of its own: from the services where it is registered, otherwise by its
/// constructor.
/// </summary>
internal sealed class ScopedHandler<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler
>(IServiceScopeFactory scopes) : HandlerClass(typeof(THandler))
    where THandler : class
{
    private static readonly ObjectFactory<THandler> s_create = ActivatorUtilities.CreateFactory<THandler>([]);

    public override HandlerLease Open()
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        try
        {
            return scope.ServiceProvider.GetService<THandler>() is { } registered
                ? new HandlerLease(registered, scope)
                : new HandlerLease(s_create(scope.ServiceProvider, []), scope, ownsHandler: true);
        }
        catch
        {
            // What the scope has made so far waits for nobody: no handler has used it.
            scope.Dispose();
            throw;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Ocpp.AspNetCore.Handlers;

/// <summary>Makes a handler for each request: from the services where it is registered, otherwise by its constructor.</summary>
internal sealed class HandlerScope<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(IServiceScopeFactory scopes)
    where THandler : class
{
    private static readonly ObjectFactory<THandler> s_create = ActivatorUtilities.CreateFactory<THandler>([]);

    public async Task<TResult> UseAsync<TResult>(Func<THandler, Task<TResult>> use)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<THandler>() is { } registered)
        {
            return await use(registered);
        }

        THandler created = s_create(scope.ServiceProvider, []);
        try
        {
            return await use(created);
        }
        finally
        {
            // The scope disposes only of what it has made.
            await DisposeAsync(created);
        }
    }

    private static async ValueTask DisposeAsync(THandler handler)
    {
        if (handler is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync();
        }
        else if (handler is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }
}

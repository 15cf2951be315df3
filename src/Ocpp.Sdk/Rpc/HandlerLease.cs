using Microsoft.Extensions.DependencyInjection;

namespace Ocpp.Rpc;

/// <summary>The instance of a handler class that handles one request.</summary>
/// <param name="handler">The instance.</param>
/// <param name="scope">The scope that it has its services from.</param>
/// <param name="ownsHandler">
/// Whether the instance is to be disposed of: a scope disposes only of what it has made.
/// </param>
internal readonly struct HandlerLease(object handler, AsyncServiceScope? scope = null, bool ownsHandler = false)
    : IAsyncDisposable
{
    public object Handler => handler;

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (ownsHandler && handler is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync().ConfigureAwait(false);
            }
            else if (ownsHandler && handler is IDisposable disposable)
            {
                disposable.Dispose();
            }
        }
        finally
        {
            if (scope is { } opened)
            {
                await opened.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}

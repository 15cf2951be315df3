using System.ComponentModel;
using Ocpp.Rpc;

namespace Ocpp;

/// <summary>
/// Where handlers of the peer's requests are registered: the same for an endpoint of a CSMS, a client and a pair in
/// memory. See the extension methods in <see cref="OcppHandlersExtensions"/>. A request that nothing handles is
/// answered with NotSupported.
/// </summary>
public interface IOcppHandlers
{
    /// <summary>The protocols whose requests are handled.</summary>
    IReadOnlyList<OcppProtocol> Protocols { get; }

    /// <summary>Adds a handler, in each protocol that has its request. <c>On</c> makes it.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">No protocol has such a request, or it already has a handler.</exception>
    /// <exception cref="InvalidOperationException">A session uses these handlers already.</exception>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    IOcppHandlers Add(OcppRequestHandler handler);

    /// <summary>
    /// Adds a filter around all handlers, as middleware of ASP.NET Core: <c>Use(next => async context => { …; await
    /// next(context); … })</c>. The filter that is added first is the outermost.
    /// </summary>
    /// <param name="filter">
    /// Gets what comes next, another filter or the handler, and returns what is called for each request. It sees
    /// <see cref="OcppRequestContext.Request"/>, and after <c>next</c> <see cref="OcppRequestContext.Response"/>. It
    /// may leave out <c>next</c>: with an <see cref="OcppCallErrorException"/> to refuse the request, or with a
    /// response of its own. It may not call <c>next</c> twice. Called once, when the first session begins.
    /// </param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="InvalidOperationException">A session uses these handlers already.</exception>
    IOcppHandlers Use(Func<OcppRequestDelegate, OcppRequestDelegate> filter);
}

namespace Ocpp.AspNetCore;

/// <summary>
/// A service that adds handlers and filters to every endpoint of <c>MapOcpp</c>, before the application adds its own:
/// its filters are the outermost and see every response, those that a filter of the application gives included.
/// Registered with <c>services.AddSingleton&lt;IOcppEndpointConfigurator, …&gt;()</c>.
/// </summary>
public interface IOcppEndpointConfigurator
{
    /// <summary>
    /// Configures an endpoint. If the application handles the same request, its registration fails with
    /// <see cref="ArgumentException"/>.
    /// </summary>
    /// <param name="endpoint">The endpoint, which has nothing of the application yet.</param>
    void Configure(OcppEndpointBuilder endpoint);
}

namespace Ocpp.AspNetCore;

/// <summary>
/// A service that adds handlers to every endpoint of <c>MapOcpp</c>, after the application's own. Registered with
/// <c>services.AddSingleton&lt;IOcppEndpointConfigurator, …&gt;()</c>.
/// </summary>
public interface IOcppEndpointConfigurator
{
    /// <summary>Configures an endpoint.</summary>
    void Configure(OcppEndpointBuilder endpoint);
}

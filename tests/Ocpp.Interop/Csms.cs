using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ocpp.AspNetCore;
using Ocpp.V201;

namespace Ocpp.Interop;

/// <summary>Our CSMS for the other implementation's station.</summary>
internal sealed class Csms : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Csms(WebApplication app) => _app = app;

    /// <summary>Where stations connect, without their identity.</summary>
    public string Url => _app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal) + "/ocpp";

    public static async Task<Csms> StartAsync(OcppSessionOptions session, Action<OcppEndpointBuilder> configure)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddOcpp(options => options.Session = session).AllowAnyStation();
        WebApplication app = builder.Build();
        app.MapOcpp("/ocpp", Ocpp201Protocol.Instance, configure);
        await app.StartAsync();
        return new Csms(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

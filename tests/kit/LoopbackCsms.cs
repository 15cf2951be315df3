using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ocpp.AspNetCore;
using Ocpp.V201;

namespace Ocpp.TestPrograms;

/// <summary>A CSMS on Kestrel that takes whoever comes from this machine.</summary>
internal sealed class LoopbackCsms : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackCsms(WebApplication app) => _app = app;

    /// <summary>Where stations connect, without their identity. Known when it is started.</summary>
    public string Url => _app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal) + "/ocpp";

    /// <summary>Who is connected.</summary>
    public OcppConnectionRegistry Stations => _app.Services.GetRequiredService<OcppConnectionRegistry>();

    /// <param name="options">How connections are taken.</param>
    /// <param name="configure">What is handled.</param>
    /// <param name="port">Where it listens; by default wherever there is room.</param>
    public static LoopbackCsms Create(Action<OcppOptions> options, Action<OcppEndpointBuilder> configure, int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddOcpp(options).AllowAnyStation();
        WebApplication app = builder.Build();
        app.MapOcpp("/ocpp", Ocpp201Protocol.Instance, configure);
        return new LoopbackCsms(app);
    }

    public Task StartAsync() => _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

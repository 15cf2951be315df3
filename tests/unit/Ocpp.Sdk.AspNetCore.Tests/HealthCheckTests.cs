using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Ocpp.AspNetCore.Tests.Running;

namespace Ocpp.AspNetCore.Tests;

public sealed class HealthCheckTests
{
    [Fact]
    public async Task It_tells_how_many_stations_are_connected_and_is_degraded_when_no_more_are_taken()
    {
        await using Csms csms = await Csms.StartAsync(
            options: options => options.MaxConnections = 2,
            services: services => services.AddHealthChecks().AddOcpp()
        );
        var health = csms.Services.GetRequiredService<HealthCheckService>();

        foreach (
            (int connected, HealthStatus status) in ((int, HealthStatus)[])
                [(0, HealthStatus.Healthy), (1, HealthStatus.Healthy), (2, HealthStatus.Degraded)]
        )
        {
            HealthReportEntry entry = (await health.CheckHealthAsync()).Entries["ocpp"];
            Assert.Equal(status, entry.Status);
            Assert.Equal(connected, entry.Data["connected"]);
            if (connected < 2)
            {
                await csms.ConnectAsync($"CS-{connected}");
                await csms.ConnectedAsync();
            }
        }
    }

    [Fact]
    public async Task It_is_degraded_while_the_application_stops()
    {
        await using Csms csms = await Csms.StartAsync(services: services => services.AddHealthChecks().AddOcpp());
        var health = csms.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);

        csms.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync()).Status);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

/// <summary>Handler classes of an endpoint in the in-memory pair, with services of the test's own.</summary>
public sealed class PairTests
{
    [Fact]
    public async Task A_handler_class_gets_its_services_from_the_test()
    {
        var clock = new OcppTestClock();
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .BuildServiceProvider();
        var csms = new OcppHandlers(Ocpp201Protocol.Instance);
        csms.Handle<Heartbeats>(services);
        await using var pair = OcppPair.Create(
            new OcppHandlers(Ocpp201Protocol.Instance),
            csms,
            new OcppPairOptions { TimeProvider = clock }
        );

        HeartbeatResponse response = await pair.Station.CallAsync(new HeartbeatRequest());

        Assert.Equal(clock.GetUtcNow(), response.CurrentTime);
    }

    private sealed class Heartbeats(TimeProvider clock) : IOcppHandler<HeartbeatRequest, HeartbeatResponse>
    {
        public Task<HeartbeatResponse> HandleAsync(HeartbeatRequest request, OcppRequestContext context) =>
            Task.FromResult(new HeartbeatResponse { CurrentTime = clock.GetUtcNow() });
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Without_AddOcpp_the_application_is_told_to_add_it()
    {
        await using WebApplication app = BuildWith(_ => { });

        var exception = Assert.Throws<InvalidOperationException>(() =>
            app.MapOcpp("/ocpp", Ocpp201Protocol.Instance, _ => { })
        );

        Assert.Equal("The services of OCPP are missing: call builder.Services.AddOcpp().", exception.Message);
    }

    [Fact]
    public async Task Without_a_store_the_application_is_told_to_say_which_stations_there_are()
    {
        await using WebApplication app = BuildWith(services => services.AddOcpp());

        var exception = Assert.Throws<InvalidOperationException>(() =>
            app.MapOcpp("/ocpp", Ocpp201Protocol.Instance, _ => { })
        );

        Assert.StartsWith("No station store is registered: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handlers_can_be_added_only_while_the_endpoint_is_mapped()
    {
        OcppEndpointBuilder? kept = null;
        await using Csms csms = await Csms.StartAsync(endpoint => kept = endpoint);
        await using OcppSession station = await csms.ConnectAsync("CS-1");
        await csms.ConnectedAsync();

        Assert.Throws<InvalidOperationException>(() => kept!.OnHeartbeat());
    }

    [Fact]
    public async Task A_store_is_made_for_each_connection_and_disposed_of_before_it_stands()
    {
        var open = new OpenStores();
        await using Csms csms = await Csms.StartAsync(services: services =>
        {
            services.AddSingleton(open);
            services.AddOcpp().AddStationStore<ScopedStore>();
        });

        // One was made at the start, to see whether it can be.
        Assert.Equal((1, 0), (open.Made, open.Open));
        await using OcppSession first = await csms.ConnectAsync("CS-1");
        await using OcppSession second = await csms.ConnectAsync("CS-2");

        Assert.Equal((3, 0), (open.Made, open.Open));
    }

    [Fact]
    public async Task A_store_that_can_not_be_made_ends_the_start()
    {
        await using WebApplication app = BuildWith(services => services.AddOcpp().AddStationStore<ScopedStore>());
        app.MapOcpp("/ocpp", Ocpp201Protocol.Instance, _ => { });

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());

        Assert.Contains(nameof(OpenStores), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_factory_of_the_store_that_fails_ends_the_start()
    {
        await using WebApplication app = BuildWith(services =>
            services
                .AddOcpp()
                .AddStationStore(_ => throw new InvalidOperationException("no database"), ServiceLifetime.Singleton)
        );
        app.MapOcpp("/ocpp", Ocpp201Protocol.Instance, _ => { });

        Assert.Equal(
            "no database",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync())).Message
        );
    }

    [Fact]
    public async Task A_store_can_be_an_instance_or_come_from_a_factory()
    {
        var open = new OpenStores();
        await using Csms csms = await Csms.StartAsync(
            store: new StationList(),
            services: services => services.AddOcpp().AddStationStore(_ => new ScopedStore(open))
        );

        // The last one that was added is asked.
        await using OcppSession station = await csms.ConnectAsync("CS-1");

        Assert.Equal((2, 0), (open.Made, open.Open));
    }

    private static WebApplication BuildWith(Action<IServiceCollection> add)
    {
        WebApplicationBuilder builder = CsmsHost.CreateBuilder();
        add(builder.Services);
        return builder.Build();
    }

    private sealed class OpenStores
    {
        public int Made { get; set; }

        public int Open { get; set; }
    }

    private sealed class ScopedStore : IOcppStationStore, IDisposable
    {
        private readonly OpenStores _stores;

        public ScopedStore(OpenStores stores)
        {
            _stores = stores;
            stores.Made++;
            stores.Open++;
        }

        public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
            ValueTask.FromResult<OcppStationAccount?>(
                new OcppStationAccount { Identity = login.Identity, AllowAnonymous = true }
            );

        public void Dispose() => _stores.Open--;
    }
}

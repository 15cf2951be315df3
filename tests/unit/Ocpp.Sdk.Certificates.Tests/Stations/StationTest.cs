namespace Ocpp.Certificates.Tests;

/// <summary>A test with a connected station.</summary>
public abstract class StationTest : IAsyncLifetime, IAsyncDisposable
{
    private protected readonly StationBench _station = new();

    public Task InitializeAsync() => _station.ConnectAsync();

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}

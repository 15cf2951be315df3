using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Tests;

/// <summary>A store in a file of a temporary folder.</summary>
internal sealed class SqliteStoreHost : ISigningStoreHost
{
    private readonly TemporaryFolder _folder = new();
    private SqliteSigningRequestStore? _store;

    public string Folder => _folder.Path;

    public SqliteSigningRequestStore Store => _store!;

    public string Locate(string file) => _folder.Locate(file);

    public Task<ISigningRequestStore> OpenAsync(TimeProvider clock) =>
        Task.FromResult<ISigningRequestStore>(_store = SqliteSigningRequestStore.Open(Locate("requests.db"), clock));

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }
}

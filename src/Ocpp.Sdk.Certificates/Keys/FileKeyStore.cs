namespace Ocpp.Certificates.Keys;

/// <summary>
/// Keeps each private key in a file of its own: PKCS#8 in PEM, readable by its owner alone (mode 0600, in a folder of
/// mode 0700). On Windows the folder's access list takes the mode's place.
/// </summary>
/// <remarks>
/// The files are not encrypted, for a station starts without anyone to type a pass phrase. Where the disk can be taken
/// out, encrypt the disk, or put an <see cref="IStationKeyStore"/> over a TPM or an HSM in the place of this one.
/// </remarks>
public sealed class FileKeyStore : IStationKeyStore
{
    private const string Extension = ".key.pem";

    private readonly string _folder;

    /// <summary>Keeps keys in a folder, which is made when the first key is.</summary>
    public FileKeyStore(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <inheritdoc/>
    public ValueTask<IStationKey> CreateAsync(
        StationKeyAlgorithm algorithm,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        cancellationToken.ThrowIfCancellationRequested();
        KeyPair key = KeyPair.Create(algorithm);
        char[] pem = key.ExportPem();
        try
        {
            PrivateFiles.CreateFolder(_folder);
            PrivateFiles.Write(PathOf(key.Id), pem);
            return ValueTask.FromResult<IStationKey>(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
        finally
        {
            Array.Clear(pem);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IStationKey?> FindAsync(PublicKeyId id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(id);
        return ValueTask.FromResult<IStationKey?>(File.Exists(path) ? Open(path, id) : null);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PublicKeyId>> ListAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IEnumerable<string> files = Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "*" + Extension) : [];
        var ids = new List<PublicKeyId>();
        foreach (string file in files)
        {
            if (PublicKeyId.TryParse(Path.GetFileName(file)[..^Extension.Length], out PublicKeyId id))
            {
                ids.Add(id);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<PublicKeyId>>(ids);
    }

    /// <inheritdoc/>
    public ValueTask DiscardAsync(PublicKeyId id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Directory.Exists(_folder))
        {
            File.Delete(PathOf(id));
        }

        return ValueTask.CompletedTask;
    }

    private string PathOf(PublicKeyId id) => Path.Combine(_folder, id.Value + Extension);

    private static KeyPair Open(string path, PublicKeyId id)
    {
        if (!KeyPair.TryImportPem(PrivateFiles.Read(path), out KeyPair? key))
        {
            throw new InvalidDataException($"{path}: not a private key of a kind that OCPP allows, in PKCS#8 and PEM.");
        }

        (KeyKind kind, int size) = KeyStrength.Measure(key.PublicKey);
        string? fault =
            key.Id != id ? "not the key that the file is named after"
            : !KeyStrength.IsEnough(kind, size) ? $"a key of {size} bits, which is too small"
            : KeyStrength.FindWeakness(key.PublicKey) is not null ? "a weak key"
            : null;
        if (fault is null)
        {
            return key;
        }

        key.Dispose();
        throw new InvalidDataException($"{path}: {fault}.");
    }
}

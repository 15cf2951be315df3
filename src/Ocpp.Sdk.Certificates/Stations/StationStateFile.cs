using System.Text.Json;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Stations;

/// <summary>The file in which a <see cref="StationState"/> survives a restart. It is always one whole state.</summary>
internal sealed class StationStateFile(string path)
{
    private readonly string _path = Path.GetFullPath(path);

    /// <returns><see langword="null"/> if there is no file.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or others than its owner can reach it.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public StationState? Read()
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        string text = PrivateFiles.Read(_path);
        try
        {
            StationState? state =
                VersionOf(text) == StationStateVersion1.Version
                    ? StationStateVersion1.Read(text)
                    : JsonSerializer.Deserialize(text, StationStateJson.Default.StationState);
            return state is not null && IsWhole(state) ? state : throw Damaged(null);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw Damaged(e);
        }
    }

    /// <exception cref="IOException">The file can't be written, such as when the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(StationState state)
    {
        if (Path.GetDirectoryName(_path) is { } folder)
        {
            PrivateFiles.CreateFolder(folder);
        }

        PrivateFiles.Write(
            _path,
            JsonSerializer.Serialize(state, StationStateJson.Default.StationState),
            replace: true
        );
    }

    private static int? VersionOf(string text)
    {
        using var document = JsonDocument.Parse(text);
        return
            document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("version", out JsonElement version)
            && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out int number)
            ? number
            : null;
    }

    // A null where there must be a value, or a certificate without a use, is valid JSON.
    private static bool IsWhole(StationState state) =>
        state.Version == StationState.CurrentVersion
        && state is { Candidates: not null, Pending: not null, Renewals: not null, Events: not null }
        && state.Candidates.All(one => one is not null)
        && state.EvseCertificates?.All(one => one is { EvseId: not null, Uses.IsV2G: true }) != false
        && state.Held.All(one => one.Uses != CertificateUses.None)
        && state.Pending.All(one => one is { Uses: not CertificateUses.None, RequestId: null or > 0 })
        && state.LastRequestId >= 0
        && state.Renewals.All(one => one is { Uses: not CertificateUses.None })
        && state.Events.All(one => one is { Type: not null, TechInfo: not null });

    private InvalidDataException Damaged(Exception? cause) =>
        new($"{_path}: not the state of a station's certificates, or of another version.", cause);
}

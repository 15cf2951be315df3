namespace Ocpp.Certificates.Versions;

/// <summary>Finds the version of a session or of handlers.</summary>
internal static class SigningVersionExtensions
{
    /// <summary>The version that a session speaks; <see langword="null"/> if it is not among them.</summary>
    public static TVersion? Find<TVersion>(this IReadOnlyList<TVersion> versions, OcppSession session)
        where TVersion : SigningVersion => versions.Find(session.Protocol.Subprotocol);

    /// <summary>The versions of the protocols that handlers are for.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IReadOnlyList<TVersion> For<TVersion>(this IReadOnlyList<TVersion> versions, IOcppHandlers handlers)
        where TVersion : SigningVersion
    {
        TVersion[] found = [.. handlers.Protocols.Select(one => versions.Find(one.Subprotocol)).OfType<TVersion>()];
        return found.Length > 0
            ? found
            : throw new ArgumentException(
                "No version of certificate signing is for "
                    + $"{string.Join(", ", handlers.Protocols.Select(one => one.Subprotocol))}.",
                nameof(handlers)
            );
    }

    /// <summary>The versions, if there is at least one, and no more than one for a protocol.</summary>
    /// <exception cref="ArgumentException">There is none, or more than one for a protocol.</exception>
    public static IReadOnlyList<TVersion> Checked<TVersion>(this IReadOnlyList<TVersion> versions, string name)
        where TVersion : SigningVersion
    {
        ArgumentNullException.ThrowIfNull(versions, name);
        return versions.Count > 0 && versions.DistinctBy(one => one.Protocol.Subprotocol).Count() == versions.Count
            ? versions
            : throw new ArgumentException("There must be one or more versions, each for another protocol.", name);
    }

    /// <summary>The version of a subprotocol; <see langword="null"/> if it is not among them.</summary>
    public static TVersion? Find<TVersion>(this IReadOnlyList<TVersion> versions, string subprotocol)
        where TVersion : SigningVersion => versions.FirstOrDefault(one => one.Protocol.Subprotocol == subprotocol);
}

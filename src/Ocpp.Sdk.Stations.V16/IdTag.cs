using Ocpp.Json;
using Ocpp.V16;

namespace Ocpp.Stations.V16;

/// <summary>The idTag of a driver. Compared ignoring case.</summary>
/// <param name="Value">The text, of at most 20 characters.</param>
public sealed record IdTag(string Value) : IOcppPayload<IdTag>
{
    /// <summary>Makes an idTag of its text.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator IdTag(string value) => FromString(value);

    /// <inheritdoc cref="op_Implicit(string)"/>
    public static IdTag FromString(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(IdTag? other) =>
        other is not null && string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>The idTag identifies a driver: its text does not have it.</summary>
    public override string ToString() => nameof(IdTag);

    /// <inheritdoc/>
    public IReadOnlyList<OcppViolation> Validate() => ToRequest().Validate();

    static IdTag? IOcppPayload<IdTag>.Read(ref OcppJsonReader reader) =>
        Read<AuthorizeRequest>(ref reader) is { } request ? new IdTag(request.IdTag) : null;

    static void IOcppPayload<IdTag>.Write(ref OcppJsonWriter writer, IdTag value) =>
        Write(ref writer, value.ToRequest());

    // The limits of an idTag are those of the message that has nothing else.
    private AuthorizeRequest ToRequest() => new() { IdTag = Value };

    private static T? Read<T>(ref OcppJsonReader reader)
        where T : class, IOcppPayload<T> => T.Read(ref reader);

    private static void Write<T>(ref OcppJsonWriter writer, T value)
        where T : class, IOcppPayload<T> => T.Write(ref writer, value);
}

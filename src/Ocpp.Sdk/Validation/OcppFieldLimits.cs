using System.Diagnostics.CodeAnalysis;

namespace Ocpp.Validation;

/// <summary>
/// Greater lengths of single texts, as a peer offers them: for example what a station reports in OCPPCommCtrlr's
/// variable FieldLength. A text beyond the schema's limit and up to the one here is neither a violation nor a
/// deviation; a longer one is a violation of this limit. Immutable.
/// </summary>
/// <remarks>
/// Set in <see cref="OcppReadOptions.FieldLimits"/> and <see cref="OcppWriteOptions.FieldLimits"/>. A payload within
/// the schema's limits costs nothing more; one beyond them is read a second time, or validated once it is written.
/// </remarks>
public sealed class OcppFieldLimits
{
    private readonly Dictionary<(Type Message, string Path), int> _limits;

    private OcppFieldLimits(Dictionary<(Type Message, string Path), int> limits) => _limits = limits;

    /// <summary>No limits except the schemas'.</summary>
    public static OcppFieldLimits None { get; } = new([]);

    /// <summary>Returns a copy with a greater maximum length for one string.</summary>
    /// <typeparam name="TMessage">The message, which is read or written as a whole.</typeparam>
    /// <param name="path">
    /// The path of the string, as a JSON Pointer such as <c>/exiResponse</c>; <c>*</c> stands for every index of an
    /// array, as in <c>/setVariableData/*/attributeValue</c>.
    /// </param>
    /// <param name="maxLength">
    /// The maximum length in code points. Has no effect if it does not exceed the schema's.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not a JSON Pointer to a property.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is less than 1.</exception>
    public OcppFieldLimits With<TMessage>([StringSyntax("JsonPointer")] string path, int maxLength)
        where TMessage : class, IOcppPayload<TMessage>
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        if (path.Length < 2 || path[0] != '/')
        {
            throw new ArgumentException("Must be a JSON Pointer to a property, such as /exiResponse.", nameof(path));
        }

        return new OcppFieldLimits(new(_limits) { [(typeof(TMessage), path)] = maxLength });
    }

    /// <summary>
    /// The limit for what a violation of <see cref="OcppRule.MaxLength"/> is about; null if none is set.
    /// </summary>
    internal int? Find(Type message, in OcppViolation violation) =>
        violation.Rule == OcppRule.MaxLength
        && (
            _limits.TryGetValue((message, violation.Path), out int limit)
            || _limits.TryGetValue((message, WithoutIndexes(violation.Path)), out limit)
        )
            ? limit
            : null;

    private static string WithoutIndexes(string path)
    {
        string[] segments = path.Split('/');
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = int.TryParse(segments[i], out _) ? "*" : segments[i];
        }

        return string.Join('/', segments);
    }
}

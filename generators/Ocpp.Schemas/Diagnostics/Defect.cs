using System.Globalization;
using Ocpp.Schemas.Model;

namespace Ocpp.Schemas.Diagnostics;

/// <summary>Something wrong with the schemas.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Place">Where it is; null if it is not in a file.</param>
/// <param name="Arguments">The values of the message's placeholders, which may be text of a schema.</param>
internal sealed record Defect(DefectKind Kind, SourcePlace? Place, EquatableArray<string> Arguments)
{
    public Defect(DefectKind kind, SourcePlace? place, params string[] arguments)
        : this(kind, place, new EquatableArray<string>(arguments)) { }

    /// <summary>The arguments as text that a terminal or a log can display safely.</summary>
    public IEnumerable<string> DisplayedArguments => Arguments.Select(PlainText.Of);

    /// <summary>The defect in the form of a compiler's output: file, line, column, severity, id and message.</summary>
    public override string ToString()
    {
        string place = Place is null
            ? ""
            : string.Format(
                CultureInfo.InvariantCulture,
                "{0}({1},{2}): ",
                Place.Path,
                Place.Start.Line + 1,
                Place.Start.Column + 1
            );
        string message = string.Format(
            CultureInfo.InvariantCulture,
            Kind.Message,
            DisplayedArguments.ToArray<object>()
        );
        return $"{place}{(Kind.IsError ? "error" : "info")} {Kind.Id}: {message}";
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Ocpp.Schemas.Diagnostics;

namespace Ocpp.Generators.Diagnostics;

/// <summary>Defects as diagnostics of the compiler.</summary>
internal static class DefectExtensions
{
    private static readonly Dictionary<string, DiagnosticDescriptor> s_descriptors = DefectKinds.All.ToDictionary(
        static kind => kind.Id,
        Descriptor,
        StringComparer.Ordinal
    );

    public static IReadOnlyCollection<DiagnosticDescriptor> Descriptors => s_descriptors.Values;

    public static Diagnostic ToDiagnostic(this Defect defect) =>
        Diagnostic.Create(
            s_descriptors[defect.Kind.Id],
            Location(defect.Place),
            defect.DisplayedArguments.ToArray<object>()
        );

    private static Location Location(SourcePlace? place) =>
        place is null
            ? Microsoft.CodeAnalysis.Location.None
            : Microsoft.CodeAnalysis.Location.Create(
                place.Path,
                new TextSpan(place.Span.Start, place.Span.Length),
                new LinePositionSpan(Position(place.Start), Position(place.End))
            );

    private static LinePosition Position(LineAndColumn position) => new(position.Line, position.Column);

    private static DiagnosticDescriptor Descriptor(DefectKind kind) =>
        new(
            kind.Id,
            kind.Title,
            kind.Message,
            "Ocpp.Schemas",
            kind.IsError ? DiagnosticSeverity.Error : DiagnosticSeverity.Info,
            isEnabledByDefault: true,
            helpLinkUri: HelpLink.Of(kind.Id)
        );
}

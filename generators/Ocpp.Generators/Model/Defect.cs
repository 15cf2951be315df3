using Microsoft.CodeAnalysis;
using Ocpp.Generators.Diagnostics;

namespace Ocpp.Generators.Model;

/// <summary>Something wrong with the schemas: what becomes a diagnostic.</summary>
internal sealed record Defect(DiagnosticDescriptor Descriptor, SourcePlace? Place, EquatableArray<string> Arguments)
{
    public Defect(DiagnosticDescriptor descriptor, SourcePlace? place, params string[] arguments)
        : this(descriptor, place, new EquatableArray<string>(arguments))
    {
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Place?.ToLocation() ?? Location.None, Arguments.Select(PlainText.Of).ToArray<object>());
}

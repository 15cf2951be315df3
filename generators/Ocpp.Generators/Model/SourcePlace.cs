using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Ocpp.Generators.Model;

/// <summary>A place in a schema file. Plain values, since a Roslyn location compares by the text it belongs to.</summary>
internal sealed record SourcePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public Location ToLocation() => Location.Create(Path, Span, Lines);
}

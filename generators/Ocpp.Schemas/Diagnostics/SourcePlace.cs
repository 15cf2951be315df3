namespace Ocpp.Schemas.Diagnostics;

/// <summary>A place in a schema file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Span">The range in its text.</param>
/// <param name="Start">Where the range begins.</param>
/// <param name="End">Where the range ends.</param>
internal sealed record SourcePlace(string Path, SourceSpan Span, LineAndColumn Start, LineAndColumn End);

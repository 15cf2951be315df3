namespace Ocpp.Schemas.Diagnostics;

/// <summary>
/// A position in a text: a line, and a UTF-16 unit in it. Both are zero-based, as the compiler counts.
/// </summary>
internal readonly record struct LineAndColumn(int Line, int Column);

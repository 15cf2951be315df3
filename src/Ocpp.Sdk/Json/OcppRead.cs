using System.ComponentModel;

namespace Ocpp.Json;

/// <summary>Reads one item of an array. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T OcppRead<out T>(ref OcppJsonReader reader);

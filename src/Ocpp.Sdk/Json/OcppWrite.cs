using System.ComponentModel;

namespace Ocpp.Json;

/// <summary>Writes one item of a list. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void OcppWrite<in T>(ref OcppJsonWriter writer, T item);

using System.ComponentModel;

namespace Ocpp.Json;

/// <summary>Checks one item of a list. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void OcppCheck<in T>(ref OcppValidator validator, T item, string index);

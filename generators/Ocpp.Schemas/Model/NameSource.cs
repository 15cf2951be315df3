namespace Ocpp.Schemas.Model;

/// <summary>Where the name of a type comes from.</summary>
internal enum NameSource
{
    /// <summary>The type is a payload or a definition.</summary>
    Own,

    /// <summary>The type is declared in place, with <c>x-name</c>.</summary>
    Given,

    /// <summary>The type is declared in place, and named by the place.</summary>
    Place,
}

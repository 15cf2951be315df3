namespace Ocpp.Certificates.Keys;

/// <summary>The kinds of keys that OCPP allows (A00.FR.502, A00.FR.503), and all others.</summary>
internal enum KeyKind
{
    /// <summary>Neither, or an EC key that is not on a named curve.</summary>
    Other,

    /// <summary>RSA.</summary>
    Rsa,

    /// <summary>EC on a named curve.</summary>
    Ec,
}

namespace CertificateSigning;

/// <summary>Which certificate authority signs.</summary>
internal enum AuthorityKind
{
    /// <summary>One in this process.</summary>
    Local,

    /// <summary>A cfssl server.</summary>
    Cfssl,

    /// <summary>An EST server (RFC 7030).</summary>
    Est,
}

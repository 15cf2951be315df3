namespace Ocpp.Certificates.Storage;

/// <summary>
/// A store of signing requests can't be read or written, such as when the disk is full. Its content is unchanged.
/// </summary>
public sealed class SigningRequestStoreException : OcppException
{
    /// <summary>For a failure that has a cause.</summary>
    public SigningRequestStoreException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>For a failure that the store found itself.</summary>
    public SigningRequestStoreException(string message)
        : base(message) { }
}

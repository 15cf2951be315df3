namespace Ocpp.Versions;

/// <summary>
/// How the password of a station is set in a version of OCPP (part 2, A01), for code that knows no version. A vendor's
/// protocol has its own by overriding <see cref="OcppProtocol.Password"/> in a part of the generated class.
/// </summary>
public abstract class OcppPasswordMessages
{
    /// <summary>
    /// Whether the password is a key of 20 bytes, set as its 40 hexadecimal digits (AuthorizationKey of OCPP 1.6);
    /// otherwise it is a text of 16 to 40 characters (BasicAuthPassword, A00.FR.205).
    /// </summary>
    public abstract bool IsKey { get; }

    /// <summary>Sets the password of a station (A01.FR.02).</summary>
    /// <param name="station">The station.</param>
    /// <param name="password">The text, or the hexadecimal digits of the key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public abstract Task<OcppPasswordStatus> SetAsync(
        IOcppCaller station,
        string password,
        CancellationToken cancellationToken
    );
}

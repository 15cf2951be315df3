namespace Ocpp.Versions;

/// <summary>
/// How stations register in a version of OCPP: its messages, for code that knows no version. A vendor's protocol has
/// its own by overriding <see cref="OcppProtocol.Registration"/> in a part of the generated class.
/// </summary>
public abstract class OcppRegistrationMessages
{
    /// <summary>
    /// What <see cref="FindAskedAction"/> returns for a request after which the station may send any action.
    /// </summary>
    public const string AnyAction = "*";

    /// <summary>Whether a request of a station is the one by which it registers (BootNotification).</summary>
    /// <param name="request">The request.</param>
    public abstract bool IsRegistration(object request);

    /// <summary>What the response to a registration says.</summary>
    /// <param name="response">The response.</param>
    /// <returns><see langword="null"/> if it is another response.</returns>
    public abstract OcppRegistrationStatus? FindStatus(object response);

    /// <summary>
    /// The action that a request of the CSMS asks the station to send, which it may while it is pending (B02.FR.02):
    /// that of a TriggerMessage, or that of the report for GetBaseReport and GetReport.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns><see langword="null"/> if the request does not ask for a message.</returns>
    public abstract string? FindAskedAction(object request);
}

namespace Ocpp;

/// <summary>The outcome of <see cref="OcppClient.ReconnectAsync"/>.</summary>
/// <param name="Options">The options that are now in use: the new ones, or the old ones again.</param>
/// <param name="Failure">Why the last try with the new options failed; none when they are in use.</param>
public sealed record OcppReconnection(OcppClientOptions Options, OcppConnectionFailedException? Failure)
{
    /// <summary>Whether the client is connected with the new options.</summary>
    public bool IsNew => Failure is null;
}

using Ocpp.Versions;

namespace Ocpp.V16;

/// <summary>The messages that set the password of a station: its AuthorizationKey.</summary>
internal sealed class PasswordMessages : OcppPasswordMessages
{
    public override bool IsKey => true;

    public override async Task<OcppPasswordStatus> SetAsync(
        IOcppCaller station,
        string password,
        CancellationToken cancellationToken
    )
    {
        ChangeConfigurationResponse response = await station
            .CallAsync(new ChangeConfigurationRequest { Key = "AuthorizationKey", Value = password }, cancellationToken)
            .ConfigureAwait(false);
        return response.Status switch
        {
            ConfigurationStatus.Accepted => OcppPasswordStatus.Accepted,
            ConfigurationStatus.RebootRequired => OcppPasswordStatus.RebootRequired,
            _ => OcppPasswordStatus.Rejected,
        };
    }
}

using Ocpp.Versions;

namespace Ocpp.V21;

/// <summary>The messages that set the password of a station.</summary>
internal sealed class PasswordMessages : OcppPasswordMessages
{
    public override bool IsKey => false;

    public override async Task<OcppPasswordStatus> SetAsync(
        IOcppCaller station,
        string password,
        CancellationToken cancellationToken
    )
    {
        SetVariablesResponse response = await station
            .CallAsync(
                new SetVariablesRequest
                {
                    SetVariableData =
                    [
                        new SetVariableDataType
                        {
                            Component = new ComponentType { Name = "SecurityCtrlr" },
                            Variable = new VariableType { Name = "BasicAuthPassword" },
                            AttributeValue = password,
                        },
                    ],
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return response.SetVariableResult[0].AttributeStatus switch
        {
            SetVariableStatusEnumType.Accepted => OcppPasswordStatus.Accepted,
            SetVariableStatusEnumType.RebootRequired => OcppPasswordStatus.RebootRequired,
            _ => OcppPasswordStatus.Rejected,
        };
    }
}

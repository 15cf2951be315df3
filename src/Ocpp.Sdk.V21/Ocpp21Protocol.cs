using Ocpp.Versions;

namespace Ocpp.V21;

// Which messages carry what code without a version uses; the rest of the class is generated.
public sealed partial class Ocpp21Protocol
{
    /// <inheritdoc/>
    public override OcppRegistrationMessages? Registration { get; } = new RegistrationMessages();

    /// <inheritdoc/>
    public override OcppPasswordMessages? Password { get; } = new PasswordMessages();

    /// <inheritdoc/>
    public override OcppDataTransferMessages? DataTransfer { get; } = new DataTransferMessages();
}

using Ocpp.V16;

namespace Ocpp.Certification.Tests;

/// <summary>What a charge point of OCPP 1.6 sends when it is connected.</summary>
internal static class ConnectedStation16
{
    /// <summary>Connectors of the charge point: 0 is the charge point itself.</summary>
    public static IReadOnlyList<int> Connectors { get; } = [0, 1];

    /// <summary>Sends BootNotification, which has to be accepted, and StatusNotification for each connector.</summary>
    public static async Task BootAsync(OcppClient station)
    {
        BootNotificationResponse boot = await station.CallAsync(
            new BootNotificationRequest { ChargePointVendor = "Example", ChargePointModel = "EX-1" }
        );
        Assert.Equal(RegistrationStatus.Accepted, boot.Status);
        foreach (int connector in Connectors)
        {
            await station.CallAsync(
                new StatusNotificationRequest
                {
                    ConnectorId = connector,
                    ErrorCode = ChargePointErrorCode.NoError,
                    Status = ChargePointStatus.Available,
                }
            );
        }
    }
}

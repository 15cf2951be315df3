using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ocpp.Stations.DeviceModels;

namespace Ocpp.Stations;

/// <summary>The options of a <see cref="DeviceModel"/>. Immutable.</summary>
public sealed record DeviceModelOptions
{
    private const int SmallestMessage = 1024;

    /// <summary>
    /// The file in which what was set survives a restart. Its folder must exist. It is readable for its owner only.
    /// Defaults to <see langword="null"/>: nothing is saved.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string? Path
    {
        get;
        init
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrWhiteSpace(value);
            }

            field = value;
        }
    }

    /// <summary>
    /// The largest number of variables in a message: in the requests of the CSMS (ItemsPerMessage of DeviceDataCtrlr),
    /// and in each part of a report. Defaults to 50.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int ItemsPerMessage
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 50;

    /// <summary>
    /// The largest size of a message, in bytes: of the requests of the CSMS (BytesPerMessage of DeviceDataCtrlr), and
    /// of each part of a report, except one of a single variable whose values need more. Defaults to 32 KiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1 KiB.</exception>
    public int BytesPerMessage
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, SmallestMessage);
            field = value;
        }
    } = 32 * 1024;

    /// <summary>
    /// Is called after a value has changed, by the CSMS or the application. Must not block. What it throws is logged.
    /// </summary>
    public Action<VariableChange>? Changed { get; init; }

    /// <summary>Where the model logs. No value gets there. Defaults to nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}

using Microsoft.Extensions.Logging;
using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Storage;
using Ocpp.Stations.Versions;

namespace Ocpp.Stations;

/// <summary>
/// The variables of a station (part 1, 4; part 2, B05 to B08): what the CSMS can read, set and have reported. The
/// application declares them once, and reads and sets their values. What was set survives a restart. Thread-safe.
/// </summary>
public sealed partial class DeviceModel
{
    /// <summary>Held for a short time only: declarations, and which values were set.</summary>
    private readonly object _gate = new();

    /// <summary>Held by the one who sets values, also while they are saved.</summary>
    private readonly object _setting = new();

    private readonly DeviceModelOptions _options;
    private readonly VariableFile? _file;
    private readonly List<DeviceVariable> _variables = [];
    private readonly Dictionary<ComponentId, Dictionary<VariableId, DeviceVariable>> _components = [];

    /// <summary>What is in the file, also of variables that are not declared.</summary>
    private Dictionary<StoredValueKey, string> _stored;

    private DeviceModel(DeviceModelOptions options, VariableFile? file)
    {
        _options = options;
        _file = file;
        _stored = file?.Read() ?? [];
        AddMessageLimits();
    }

    /// <summary>The variables, in the order in which they were declared.</summary>
    public IReadOnlyList<DeviceVariable> Variables
    {
        get
        {
            lock (_gate)
            {
                return [.. _variables];
            }
        }
    }

    /// <summary>The largest number of variables in a message.</summary>
    public int ItemsPerMessage => _options.ItemsPerMessage;

    /// <summary>The largest size of a message, in bytes.</summary>
    public int BytesPerMessage => _options.BytesPerMessage;

    /// <summary>Where the model logs.</summary>
    internal ILogger Logger => _options.Logger;

    /// <summary>Makes a device model with what was set before the last restart.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, of another version, or something else. It stays as it is.
    /// </exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DeviceModel Open(DeviceModelOptions options) => Open(options, new QueueDisk());

    /// <inheritdoc cref="Open(DeviceModelOptions)"/>
    internal static DeviceModel Open(DeviceModelOptions options, QueueDisk disk)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DeviceModel(
            options,
            options.Path is { } path ? new VariableFile(disk, Path.GetFullPath(path)) : null
        );
    }

    /// <summary>Returns a component, to which variables are added.</summary>
    /// <param name="name">
    /// The name, of at most 50 characters. <see cref="StandardComponents"/> has those of the specification.
    /// </param>
    /// <param name="evseId">The EVSE that it belongs to, if it does not belong to the whole station.</param>
    /// <param name="connectorId">The connector that it belongs to, if it does not belong to the whole EVSE.</param>
    /// <param name="instance">Distinguishes components of the same name at the same place.</param>
    /// <exception cref="ArgumentException">
    /// A name is empty or longer, or there is a connector without an EVSE.
    /// </exception>
    public DeviceComponent Component(string name, int? evseId = null, int? connectorId = null, string? instance = null)
    {
        DeviceVariable.CheckName(name);
        DeviceVariable.CheckName(instance ?? name);
        if (connectorId is not null && evseId is null)
        {
            throw new ArgumentException("A connector belongs to an EVSE.", nameof(connectorId));
        }

        return new DeviceComponent(
            this,
            new ComponentId(name)
            {
                EvseId = evseId,
                ConnectorId = connectorId,
                Instance = instance,
            }
        );
    }

    /// <summary>
    /// Adds handlers of the CSMS's requests to read, set and report variables, in each version of OCPP that both the
    /// registration and the handlers have.
    /// </summary>
    /// <param name="handlers">The handlers of the client. Call it before the client connects.</param>
    /// <param name="boot">The registration of the station, through which reports are sent.</param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">One of the requests already has a handler.</exception>
    /// <exception cref="InvalidOperationException">A session uses the handlers already.</exception>
    public IOcppHandlers AddTo(IOcppHandlers handlers, StationBoot boot)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(boot);
        foreach (StationVersion version in boot.Versions)
        {
            if (handlers.Protocols.Any(one => one.Subprotocol == version.Protocol.Subprotocol))
            {
                version.AddDeviceModel(handlers, this, boot);
            }
        }

        return handlers;
    }

    /// <summary>Adds a variable, with the values that were set before the last restart.</summary>
    /// <exception cref="ArgumentException">There is one already.</exception>
    internal void Add(DeviceVariable variable)
    {
        lock (_setting)
        {
            lock (_gate)
            {
                if (!_components.TryGetValue(variable.Component, out Dictionary<VariableId, DeviceVariable>? variables))
                {
                    _components[variable.Component] = variables = [];
                }

                if (!variables.TryAdd(variable.Id, variable))
                {
                    throw new ArgumentException($"The component has a variable {variable.Id.Name} already.");
                }

                _variables.Add(variable);
            }

            if (variable.IsPersistent)
            {
                foreach (AttributeType attribute in variable.Attributes)
                {
                    if (
                        _stored.TryGetValue(KeyOf(variable, attribute), out string? text)
                        && variable.Assign(attribute, text, isStart: true).Rejection is not null
                    )
                    {
                        StationLog.StoredValueIsInvalid(_options.Logger, variable);
                    }
                }
            }
        }
    }

    /// <summary>Calls a function of the application. What it throws is logged.</summary>
    /// <returns>Whether it has returned.</returns>
    internal bool Invoke(Action callback) => StationCallback.Invoke(_options.Logger, callback);

    private static StoredValueKey KeyOf(DeviceVariable variable, AttributeType attribute) =>
        new(variable.Component, variable.Id, attribute);
}

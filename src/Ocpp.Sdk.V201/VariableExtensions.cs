using System.Globalization;

namespace Ocpp.V201;

/// <summary>
/// Reads and sets any number of variables of a station, in as many messages as its limits require (part 2, B05, B06).
/// </summary>
public static class VariableExtensions
{
    private const string DeviceDataCtrlr = "DeviceDataCtrlr";
    private const string ItemsPerMessage = "ItemsPerMessage";
    private const string BytesPerMessage = "BytesPerMessage";
    private const string GetVariables = "GetVariables";
    private const string SetVariables = "SetVariables";

    /// <summary>What a request has around its items, in bytes, with the frame.</summary>
    private const int RequestOverhead = 128;

    /// <summary>Asks a station for the limits of its messages, in two calls.</summary>
    /// <param name="station">The station.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The limits. One that the station does not have is <see langword="null"/>.</returns>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public static async Task<VariableMessageLimits> GetVariableLimitsAsync(
        this IOcppCaller station,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(station);

        // The first alone, so that the station takes the others for certain.
        var none = new VariableMessageLimits();
        IReadOnlyList<GetVariableResultType> first = await station
            .GetVariablesAsync([Limit(ItemsPerMessage, GetVariables)], none, cancellationToken)
            .ConfigureAwait(false);
        var limits = new VariableMessageLimits { ItemsPerGetVariables = NumberOf(first[0]) };
        IReadOnlyList<GetVariableResultType> others = await station
            .GetVariablesAsync(
                [
                    Limit(BytesPerMessage, GetVariables),
                    Limit(ItemsPerMessage, SetVariables),
                    Limit(BytesPerMessage, SetVariables),
                ],
                limits,
                cancellationToken
            )
            .ConfigureAwait(false);
        return limits with
        {
            BytesPerGetVariables = NumberOf(others[0]),
            ItemsPerSetVariables = NumberOf(others[1]),
            BytesPerSetVariables = NumberOf(others[2]),
        };
    }

    /// <summary>Reads variables of a station.</summary>
    /// <param name="station">The station.</param>
    /// <param name="variables">The variables, any number.</param>
    /// <param name="limits">
    /// The limits of the station's messages. Defaults to <see langword="null"/>: if there is more than one variable,
    /// the station is asked for them each time, in two more calls.
    /// </param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The results, one for each variable, in the same order.</returns>
    /// <exception cref="OcppInvalidResponseException">
    /// A response does not have a result for each variable (B06.FR.01, B06.FR.02).
    /// </exception>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public static async Task<IReadOnlyList<GetVariableResultType>> GetVariablesAsync(
        this IOcppCaller station,
        IReadOnlyList<GetVariableDataType> variables,
        VariableMessageLimits? limits = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(variables);
        limits = await LimitsAsync(station, variables.Count, limits, cancellationToken).ConfigureAwait(false);
        var results = new List<GetVariableResultType>(variables.Count);
        foreach (
            GetVariableDataType[] part in Split(variables, limits.ItemsPerGetVariables, limits.BytesPerGetVariables)
        )
        {
            GetVariablesResponse response = await station
                .CallAsync(new GetVariablesRequest { GetVariableData = part }, cancellationToken)
                .ConfigureAwait(false);
            AddInOrder(
                results,
                part.Select(one => KeyOf(one.Component, one.Variable, one.AttributeType)),
                response.GetVariableResult,
                one => KeyOf(one.Component, one.Variable, one.AttributeType)
            );
        }

        return results;
    }

    /// <summary>
    /// Sets variables of a station. If a call fails, those of the calls before it have been set.
    /// </summary>
    /// <param name="station">The station.</param>
    /// <param name="variables">The variables with their values, any number.</param>
    /// <param name="limits">
    /// The limits of the station's messages. Defaults to <see langword="null"/>: if there is more than one variable,
    /// the station is asked for them each time, in two more calls.
    /// </param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The results, one for each variable, in the same order.</returns>
    /// <exception cref="ArgumentException">An attribute is among them more than once (B05.FR.13).</exception>
    /// <exception cref="OcppInvalidResponseException">
    /// A response does not have a result for each variable (B05.FR.01, B05.FR.02).
    /// </exception>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public static async Task<IReadOnlyList<SetVariableResultType>> SetVariablesAsync(
        this IOcppCaller station,
        IReadOnlyList<SetVariableDataType> variables,
        VariableMessageLimits? limits = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(variables);
        if (
            variables.DistinctBy(one => KeyOf(one.Component, one.Variable, one.AttributeType)).Count() < variables.Count
        )
        {
            throw new ArgumentException("An attribute must not be set more than once.", nameof(variables));
        }

        limits = await LimitsAsync(station, variables.Count, limits, cancellationToken).ConfigureAwait(false);
        var results = new List<SetVariableResultType>(variables.Count);
        foreach (
            SetVariableDataType[] part in Split(variables, limits.ItemsPerSetVariables, limits.BytesPerSetVariables)
        )
        {
            SetVariablesResponse response = await station
                .CallAsync(new SetVariablesRequest { SetVariableData = part }, cancellationToken)
                .ConfigureAwait(false);
            AddInOrder(
                results,
                part.Select(one => KeyOf(one.Component, one.Variable, one.AttributeType)),
                response.SetVariableResult,
                one => KeyOf(one.Component, one.Variable, one.AttributeType)
            );
        }

        return results;
    }

    private static async ValueTask<VariableMessageLimits> LimitsAsync(
        IOcppCaller station,
        int count,
        VariableMessageLimits? limits,
        CancellationToken cancellationToken
    ) =>
        limits is not null ? limits
        : count > 1 ? await station.GetVariableLimitsAsync(cancellationToken).ConfigureAwait(false)
        : new VariableMessageLimits();

    private static GetVariableDataType Limit(string name, string message) =>
        new()
        {
            Component = new ComponentType { Name = DeviceDataCtrlr },
            Variable = new VariableType { Name = name, Instance = message },
        };

    private static int? NumberOf(GetVariableResultType result) =>
        result.AttributeStatus == GetVariableStatusEnumType.Accepted
        && int.TryParse(result.AttributeValue, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number > 0
            ? number
            : null;

    /// <summary>One item is sent however long it is.</summary>
    private static IEnumerable<T[]> Split<T>(IReadOnlyList<T> items, int? maxItems, int? maxBytes)
        where T : class, IOcppPayload<T>
    {
        var part = new List<T>();
        int size = RequestOverhead;
        foreach (T item in items)
        {
            int itemSize = maxBytes is null ? 0 : OcppJson.ToUtf8Bytes(item).Length + 1;
            if (part.Count > 0 && (part.Count == maxItems || size + itemSize > maxBytes))
            {
                yield return [.. part];
                part.Clear();
                size = RequestOverhead;
            }

            part.Add(item);
            size += itemSize;
        }

        if (part.Count > 0)
        {
            yield return [.. part];
        }
    }

    /// <summary>Adds the results in the order of the request, whatever order the station has.</summary>
    private static void AddInOrder<T>(
        List<T> all,
        IEnumerable<VariableKey> requested,
        IReadOnlyList<T> results,
        Func<T, VariableKey> keyOf
    )
    {
        var left = results.GroupBy(keyOf).ToDictionary(group => group.Key, group => new Queue<T>(group));
        foreach (VariableKey key in requested)
        {
            all.Add(
                left.TryGetValue(key, out Queue<T>? found) && found.TryDequeue(out T? result)
                    ? result
                    : throw new OcppInvalidResponseException("The response lacks the result of a variable.")
            );
        }
    }

    /// <summary>
    /// Names and instances are compared ignoring case; without an attribute, the actual value is meant.
    /// </summary>
    private static VariableKey KeyOf(ComponentType component, VariableType variable, AttributeEnumType? attribute) =>
        new(
            component.Name.ToUpperInvariant(),
            component.Instance?.ToUpperInvariant() ?? "",
            component.Evse?.Id,
            component.Evse?.ConnectorId,
            variable.Name.ToUpperInvariant(),
            variable.Instance?.ToUpperInvariant() ?? "",
            attribute ?? AttributeEnumType.Actual
        );

    private readonly record struct VariableKey(
        string Component,
        string ComponentInstance,
        int? EvseId,
        int? ConnectorId,
        string Variable,
        string VariableInstance,
        AttributeEnumType Attribute
    );
}

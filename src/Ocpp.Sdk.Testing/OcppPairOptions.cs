using Ocpp.Rpc;
using Ocpp.Validation;

namespace Ocpp.Testing;

/// <summary>How the two sessions of an <see cref="OcppPair"/> are made.</summary>
public sealed record OcppPairOptions
{
    /// <summary>The identity of the charging station. Default <c>station-1</c>.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public string Identity
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = "station-1";

    /// <summary>The station's session; its clock is the pair's.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public OcppSessionOptions Station
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = OcppSessionOptions.Default;

    /// <summary>The CSMS's session; its clock is the pair's.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public OcppSessionOptions Csms
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = OcppSessionOptions.Default;

    /// <summary>How both sessions see the connection. Defaults to <see cref="OcppConnection.Unknown"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public OcppConnection Connection
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = OcppConnection.Unknown;

    /// <summary>
    /// The clock of both sessions and of delayed frames, such as an <see cref="OcppTestClock"/> that the application
    /// under test uses as well. Defaults to an <see cref="OcppTestClock"/> of the pair's own.
    /// </summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>What becomes of each frame. Defaults to nothing. <see cref="OcppPair.Faults"/> sets it later.</summary>
    public OcppFaultChoice? Faults { get; init; }

    /// <summary>
    /// How many bytes are under way in each direction until sending waits. Default
    /// <see cref="WebSocketPair.DefaultCapacity"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Capacity
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = WebSocketPair.DefaultCapacity;
}

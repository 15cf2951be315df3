using System.Globalization;
using Ocpp.Security;

namespace Ocpp;

/// <summary>A change of an <see cref="OcppClient"/>'s state.</summary>
/// <param name="State">The new state.</param>
/// <param name="Time">When it changed.</param>
public sealed record OcppClientStateChange(OcppClientState State, DateTimeOffset Time)
{
    /// <summary>Why the last connection ended, where one did.</summary>
    public OcppCloseReason? CloseReason { get; init; }

    /// <summary>Why a connection could not be opened, where that was tried.</summary>
    public OcppConnectionFailedException? Failure { get; init; }

    /// <summary>When the client tries again: only while it waits.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>
    /// The change as a line for a log; what the peer sent is in it as <see cref="PrintableText"/> makes it.
    /// </summary>
    public override string ToString()
    {
        string next = NextTryAt is { } time ? string.Create(CultureInfo.InvariantCulture, $" until {time:O}") : "";
        string? cause = Failure is null ? CloseReason?.ToString() : PrintableText.Of(Failure.Message);
        return cause is null ? $"{State}{next}" : $"{State}{next}: {cause}";
    }
}

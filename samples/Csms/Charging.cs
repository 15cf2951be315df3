using Microsoft.Extensions.Configuration;

namespace Csms;

/// <summary>
/// What the CSMS decides, once for all versions of OCPP and in its own terms: <see cref="Handlers16"/>,
/// <see cref="Handlers201"/> and <see cref="Handlers21"/> translate. It keeps nothing: what a CSMS does with
/// transactions and meter values is its own business.
/// </summary>
/// <param name="configuration">
/// Has the tokens in its section <c>IdTokens</c>, with their status, such as <c>Accepted</c> or <c>Blocked</c>.
/// </param>
/// <param name="time">The clock.</param>
internal sealed class Charging(IConfiguration configuration, TimeProvider time)
{
    /// <summary>The key of the status of tokens that are not in the configuration; <c>Unknown</c> without it.</summary>
    public const string StatusOfOtherIdTokens = "StatusOfOtherIdTokens";

    // A CSMS with a database has its own numbers. These begin anew with each start, later than those of the last one.
    private int _lastTransaction = (int)
        (time.GetUtcNow() - new DateTimeOffset(2026, 1, 1, 0, 0, 0, default)).TotalSeconds;

    /// <summary>How often a station that has nothing else to send sends a Heartbeat, in seconds.</summary>
    public int HeartbeatInterval { get; } = 300;

    /// <summary>The time that stations set their clocks by.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Whether a token may charge.</summary>
    public TokenStatus Evaluate(string token)
    {
        // A key of the configuration ignores case, as a token does.
        string? status = configuration
            .GetSection("IdTokens")
            .GetChildren()
            .FirstOrDefault(section => string.Equals(section.Key, token, StringComparison.OrdinalIgnoreCase))
            ?.Value;
        return Enum.TryParse(status ?? configuration[StatusOfOtherIdTokens], out TokenStatus known)
            ? known
            : TokenStatus.Unknown;
    }

    /// <summary>The number of a new transaction, where the CSMS has to give one: in OCPP 1.6.</summary>
    public int NextTransaction() => Interlocked.Increment(ref _lastTransaction);
}

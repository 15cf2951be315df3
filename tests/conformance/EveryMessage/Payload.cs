using System.Text;
using Ocpp.Validation;
using Xunit;

namespace Ocpp.EveryMessage;

/// <summary>Reads a payload through both doors of <see cref="OcppJson"/> and holds them to one answer.</summary>
internal static class Payload
{
    public static T Valid<T>(string json)
        where T : class, IOcppPayload<T> => Valid<T>(Encoding.UTF8.GetBytes(json));

    public static T Valid<T>(ReadOnlySpan<byte> json)
        where T : class, IOcppPayload<T>
    {
        Assert.True(OcppJson.TryParse(json, out T? value, out OcppViolation violation), violation.ToString());
        Assert.Equal(default, violation);
        Assert.Empty(OcppJson.Check<T>(json));
        Assert.Empty(value.Validate());
        return value;
    }

    /// <summary>Asserts that the payload has this violation and no other.</summary>
    public static void Violates<T>(string json, OcppRule rule, string path, long? limit = null, long? actual = null)
        where T : class, IOcppPayload<T> => Violates<T>(Encoding.UTF8.GetBytes(json), rule, path, limit, actual);

    /// <inheritdoc cref="Violates{T}(string, OcppRule, string, long?, long?)"/>
    public static void Violates<T>(
        ReadOnlySpan<byte> json,
        OcppRule rule,
        string path,
        long? limit = null,
        long? actual = null
    )
        where T : class, IOcppPayload<T>
    {
        OcppViolation expected = ErrorCodes.Violation(rule, path, limit, actual);
        Assert.False(OcppJson.TryParse(json, out T? value, out OcppViolation violation));
        Assert.Null(value);
        Assert.Equal(expected, violation);
        Assert.Equal([expected], OcppJson.Check<T>(json));
    }
}

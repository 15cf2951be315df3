using System.Text.Json;
using Ocpp.Validation;

namespace Ocpp.Tool.Checking;

/// <summary>
/// The payload of an answer whose CALL is not known. Of it can only be said that it is a JSON object.
/// </summary>
internal static class UnknownPayload
{
    /// <summary>Lists what is wrong with the payload: at most one violation.</summary>
    public static IReadOnlyList<OcppViolation> Check(ReadOnlySpan<byte> utf8Json, OcppErrorMap errorMap)
    {
        var reader = new Utf8JsonReader(utf8Json);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return [new OcppViolation(errorMap[OcppRule.PayloadNotObject], OcppRule.PayloadNotObject, "")];
            }

            reader.Skip();

            // Throws when anything but white space follows.
            reader.Read();
            return [];
        }
        catch (JsonException)
        {
            return
            [
                new OcppViolation(
                    errorMap[OcppRule.MalformedJson],
                    OcppRule.MalformedJson,
                    "",
                    Actual: reader.BytesConsumed
                ),
            ];
        }
    }
}

using System.Text.Json;

namespace Ocpp.Rpc;

/// <summary>
/// A CALLERROR that is JSON but has too few or too many elements, or elements of another kind: many peers leave out the
/// description or the details. What it says is taken all the same, for the caller gets no other answer.
/// </summary>
internal static class CallErrorOutOfForm
{
    private const int CodeIndex = 2;
    private const int DescriptionIndex = 3;

    /// <summary>
    /// Details that are nested too deep are out of form, too; they are only skipped, which takes no stack.
    /// </summary>
    private static readonly JsonReaderOptions s_depth = new() { MaxDepth = int.MaxValue };

    /// <returns>
    /// The error with what the peer said, without its details; as it is when the message is not JSON.
    /// </returns>
    public static OcppFrameError Read(ReadOnlySpan<byte> utf8Json, in OcppFrameError error)
    {
        string? code = null;
        string? description = null;
        var reader = new Utf8JsonReader(utf8Json, s_depth);
        try
        {
            reader.Read();
            for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                string? text =
                    index is CodeIndex or DescriptionIndex && reader.TokenType == JsonTokenType.String
                        ? TextOf(reader)
                        : null;
                code = index == CodeIndex ? text : code;
                description = index == DescriptionIndex ? text : description;
                reader.Skip();
            }

            reader.Read(); // what follows the array is an error
        }
        catch (JsonException)
        {
            return error;
        }

        return error with
        {
            ErrorCodeName = code ?? OcppErrorCode.GenericError.ToWireName(),
            ErrorDescription = description ?? "",
        };
    }

    /// <returns><see langword="null"/> for half a surrogate pair, which is not text.</returns>
    private static string? TextOf(in Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

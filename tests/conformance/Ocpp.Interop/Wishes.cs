using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ocpp.Interop;

/// <summary>What a DataTransfer asks of the other side by its vendorId, in any version.</summary>
internal static class Wishes
{
    /// <summary>The action that carries a wish.</summary>
    public const string Action = "DataTransfer";

    /// <summary>Refuse this.</summary>
    public const string Error = "interop.error";

    /// <summary>Never answer.</summary>
    public const string Silence = "interop.silence";

    /// <summary>Answer, then cut the connection.</summary>
    public const string Cut = "interop.cut";

    /// <summary>Call everything back before you answer.</summary>
    public const string CallBack = "interop.call-back";

    /// <summary>Take the payload of a message that nothing answers.</summary>
    public const string Take = "interop.take";

    /// <summary>The response to a wish that was granted.</summary>
    public static ReadOnlySpan<byte> Granted => """{"status":"Accepted"}"""u8;

    /// <summary>Asks for it, and returns whether it was granted.</summary>
    public static async Task<bool> AskAsync(OcppSession session, string wish, JsonObject? data = null)
    {
        var request = new JsonObject { ["vendorId"] = wish };
        if (data is not null)
        {
            request["data"] = data;
        }

        JsonElement response = await session.CallAsync(Action, JsonSerializer.SerializeToElement(request));
        return response.GetProperty("status").GetString() == "Accepted";
    }
}

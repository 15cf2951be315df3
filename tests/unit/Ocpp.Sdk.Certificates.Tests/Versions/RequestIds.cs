using System.Globalization;
using System.Text.Json;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>Request ids within the custom data of messages of OCPP 2.0.1, which has no field for them.</summary>
internal static class RequestIds
{
    private const string Name = "requestId";

    public static CustomDataType? ToCustomData(this int? requestId) =>
        requestId is not { } id
            ? null
            : new CustomDataType
            {
                VendorId = "test",
                AdditionalProperties = new Dictionary<string, JsonElement>
                {
                    [Name] = JsonDocument.Parse(id.ToString(CultureInfo.InvariantCulture)).RootElement,
                },
            };

    public static int? ToRequestId(this CustomDataType? data) =>
        data?.AdditionalProperties?.TryGetValue(Name, out JsonElement id) == true ? id.GetInt32() : null;
}

using System.Text.Json;
using Ocpp.Json;
using Ocpp.Validation;

namespace Ocpp.Rpc;

/// <summary>Handles requests of an action that the protocol does not have: their payload is any JSON object.</summary>
internal sealed class UnlistedHandler(string action, Func<OcppRequestContext, JsonElement, Task<JsonElement>> handler)
    : OcppRequestHandler(action, typeof(JsonElement))
{
    internal override object? Read(ReadOnlySpan<byte> utf8Json, OcppReadOptions options, out OcppViolation violation)
    {
        var reader = new OcppJsonReader(utf8Json, options.ErrorMap, maxUntypedValues: options.MaxUntypedValues);
        JsonElement? value = reader.ReadAny();
        violation = default;
        if (!reader.End() || value is not { } payload)
        {
            violation = reader.Log!.First;
            return null;
        }

        if (payload.ValueKind != JsonValueKind.Object)
        {
            violation = new OcppViolation(options.ErrorMap[OcppRule.Type], OcppRule.Type, "");
            return null;
        }

        return payload;
    }

    internal override async Task InvokeAsync(OcppRequestContext context) =>
        context.Response = await handler(context, (JsonElement)context.Request).ConfigureAwait(false);

    internal override void WriteResponse(
        PooledBuffer output,
        string messageId,
        object? response,
        OcppWriteOptions options
    )
    {
        if (response is not JsonElement { ValueKind: JsonValueKind.Object } value)
        {
            throw new InvalidOperationException("The handler gave no JSON object.");
        }

        if (AnyJson.FindBrokenRule(value, out ReadOnlySpan<byte> utf8Json) is { } rule)
        {
            throw new OcppValidationException([new OcppViolation(OcppErrorMap.Default[rule], rule, "")]);
        }

        OcppFrame.WriteCallResult(output, messageId, utf8Json);
    }
}

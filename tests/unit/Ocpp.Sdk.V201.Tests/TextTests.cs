using System.Text;
using System.Text.Json;
using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>What a record says of itself, in a debugger, a log or a test's message.</summary>
public class TextTests
{
    [Fact]
    public void A_record_is_its_name_and_its_json_without_what_is_sensitive()
    {
        var request = new SignCertificateRequest
        {
            Csr = "pem",
            CertificateType = CertificateSigningUseEnumType.V2GCertificate,
        };

        Assert.Equal(
            """SignCertificateRequest {"csr":"(redacted)","certificateType":"V2GCertificate"}""",
            request.ToString()
        );
    }

    [Fact]
    public void What_is_sensitive_is_left_out_of_nested_records_and_lists_too()
    {
        var request = new AuthorizeRequest
        {
            IdToken = new IdTokenType
            {
                IdToken = "S3CRET",
                Type = IdTokenEnumType.Central,
                AdditionalInfo = [new AdditionalInfoType { AdditionalIdToken = "S3CRET", Type = "t" }],
            },
            Certificate = "S3CRET",
        };

        Assert.Equal(
            """AuthorizeRequest {"idToken":{"idToken":"(redacted)","type":"Central","additionalInfo":[{"additionalIdToken":"(redacted)","type":"t"}]},"certificate":"(redacted)"}""",
            request.ToString()
        );
        Assert.Contains("S3CRET", Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(request)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_can_not_be_sent_is_shown_with_all_that_is_wrong()
    {
        var request = new SignCertificateRequest
        {
            Csr = new string('x', 5501),
            CertificateType = (CertificateSigningUseEnumType)7,
            CustomData = new CustomDataType
            {
                VendorId = new string('v', 256),
                AdditionalProperties = new Dictionary<string, JsonElement>
                {
                    ["x"] = default,
                    ["y"] = JsonElement.Parse("1"u8),
                },
            },
        };

        Assert.Equal(
            $$$"""SignCertificateRequest {"csr":"(redacted)","customData":{"vendorId":"{{{new string('v', 256)}}}","x":null,"y":1},"certificateType":"(undeclared)"}"""
                + $" (invalid: {string.Join("; ", request.Validate())})",
            request.ToString()
        );
        Assert.Equal(4, request.Validate().Count);
    }

    [Fact]
    public void What_can_forge_a_log_line_is_escaped()
    {
        var status = new StatusInfoType
        {
            ReasonCode = "a\u2028b\u202Ec\u001Bd\ne\u009B",
            AdditionalInfo = "\u20AC+\U0001F600",
        };

        Assert.Equal(
            "StatusInfoType {\"reasonCode\":\"a\\u2028b\\u202Ec\\u001bd\\ne\\u009B\",\"additionalInfo\":\"\u20AC+\U0001F600\"}",
            status.ToString()
        );
    }

    [Fact]
    public void What_is_missing_is_shown_as_null()
    {
        var data = new GetVariablesRequest
        {
            GetVariableData =
            [
                null!,
                new GetVariableDataType
                {
                    Component = null!,
                    Variable = new VariableType { Name = "\uD800" },
                },
            ],
        };

        Assert.Equal(
            "GetVariablesRequest {\"getVariableData\":[null,{\"component\":null,\"variable\":{\"name\":\"\uFFFD\"}}]}"
                + $" (invalid: {string.Join("; ", data.Validate())})",
            data.ToString()
        );
    }

    [Fact]
    public void A_record_that_was_read_leniently_is_stored_returned_and_read_back_with_the_relaxed_context()
    {
        string json = $$"""{"reasonCode":"{{new string('r', 21)}}"}""";
        StatusInfoType status = OcppJson.Parse<StatusInfoType>(Encoding.UTF8.GetBytes(json), OcppReadOptions.Lenient);

        Assert.Equal(json, JsonSerializer.Serialize(status, Ocpp201JsonContext.Relaxed.StatusInfoType));
        Assert.Equal(status, JsonSerializer.Deserialize(json, Ocpp201JsonContext.Relaxed.StatusInfoType));
        Assert.Throws<OcppValidationException>(() =>
            JsonSerializer.Serialize(status, Ocpp201JsonContext.Default.StatusInfoType)
        );
        Assert.Throws<OcppValidationException>(() =>
            JsonSerializer.Deserialize(json, Ocpp201JsonContext.Default.StatusInfoType)
        );

        var options = new JsonSerializerOptions { TypeInfoResolver = Ocpp201JsonContext.Relaxed };
        Assert.Equal(
            $"[{json}]",
            JsonSerializer.Serialize(
                new List<StatusInfoType> { status }.Select(one => JsonSerializer.SerializeToElement(one, options))
            )
        );
    }

    [Fact]
    public void A_context_can_have_options_of_its_own()
    {
        var context = new Ocpp201JsonContext(
            null,
            new OcppReadOptions { TextFromNumbers = true },
            new OcppWriteOptions { MaxDecimalPlaces = 2 }
        );

        Assert.Equal("17", JsonSerializer.Deserialize("""{"reasonCode":17}""", context.StatusInfoType)!.ReasonCode);
        Assert.Equal(
            """{"totalCost":0.13,"transactionId":"t"}""",
            JsonSerializer.Serialize(
                new CostUpdatedRequest { TotalCost = 0.125m, TransactionId = "t" },
                context.CostUpdatedRequest
            )
        );
    }

    [Fact]
    public void A_request_has_its_action_as_a_constant_unless_a_field_is_called_so()
    {
        Assert.Equal("SignCertificate", SignCertificateRequest.Action);
        Assert.Equal("Get15118EVCertificate", Get15118EVCertificateRequest.ActionName);
        Assert.Equal(
            Ocpp201Protocol.Instance.Actions.Select(action => action.Name),
            Ocpp201Protocol.Instance.Actions.Select(action =>
                (string)
                    (
                        action.RequestType.GetField("Action") ?? action.RequestType.GetField("ActionName")
                    )!.GetRawConstantValue()!
            )
        );
    }
}

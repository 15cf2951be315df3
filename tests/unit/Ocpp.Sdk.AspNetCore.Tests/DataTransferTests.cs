using System.Text.Json;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.Testing;

namespace Ocpp.AspNetCore.Tests;

/// <summary>
/// Messages of vendors with types of the application, in each version, on both sides (part 2, P01 and P02).
/// </summary>
public sealed class DataTransferTests
{
    private const string InvalidValue =
        """{"status":"Rejected","statusInfo":{"reasonCode":"InvalidValue","additionalInfo":"The data is not of the type that the message requires."}}""";

    private const string MissingParam =
        """{"status":"Rejected","statusInfo":{"reasonCode":"MissingParam","additionalInfo":"The message requires data."}}""";

    public static TheoryData<string> Versions => ["ocpp1.6", "ocpp2.0.1", "ocpp2.1"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_message_and_its_response_have_types_of_the_application_on_both_sides(string version)
    {
        await using OcppPair pair = CreatePair(version, OnShowText, OnShowText);

        Assert.Equal(new ShownText(5), await ShowAsync(pair.Csms, new ShowText("hello", 3)));
        Assert.Equal(new ShownText(2), await ShowAsync(pair.Station, new ShowText("hé", 3)));
    }

    [Fact]
    public async Task In_1_6_the_data_is_a_text_with_the_JSON_in_it()
    {
        await using OcppPair pair = CreatePair("ocpp1.6", OnShowText, csms => OnShowText(csms));

        V16.DataTransferResponse response = await pair.Station.CallAsync(
            new V16.DataTransferRequest
            {
                VendorId = "com.example",
                MessageId = "ShowText",
                Data = """{"text":"hello","seconds":3}""",
            }
        );

        Assert.Equal(
            new V16.DataTransferResponse { Status = V16.DataTransferStatus.Accepted, Data = """{"line":5}""" },
            response
        );
    }

    [Fact]
    public async Task In_2_1_the_data_is_the_JSON_itself()
    {
        await using OcppPair pair = CreatePair("ocpp2.1", OnShowText, OnShowText);

        JsonElement response = await CallAsync(
            pair.Station,
            """{"vendorId":"com.example","messageId":"ShowText","data":{"text":"hello","seconds":3}}"""
        );

        Assert.Equal("""{"status":"Accepted","data":{"line":5}}""", response.GetRawText());
    }

    [Theory]
    [InlineData("ocpp1.6", "plain text, not JSON")]
    [InlineData("ocpp2.0.1", "plain text, not JSON")]
    public async Task A_string_is_the_text_itself(string version, string text)
    {
        await using OcppPair pair = CreatePair(
            version,
            csms: csms =>
                csms.OnDataTransfer(
                    "com.example",
                    null,
                    VendorJsonContext.Default.String,
                    VendorJsonContext.Default.String,
                    (request, _) => request.ToUpperInvariant()
                )
        );

        string? response = await pair.Station.DataTransferAsync(
            "com.example",
            null,
            text,
            VendorJsonContext.Default.String,
            VendorJsonContext.Default.String
        );

        Assert.Equal(text.ToUpperInvariant(), response);
        Assert.Equal(
            """{"status":"Accepted","data":"A"}""",
            (await CallAsync(pair.Station, """{"vendorId":"com.example","data":"a"}""")).GetRawText()
        );
    }

    [Theory]
    [InlineData("com.other", "ShowText", OcppDataTransferStatus.UnknownVendorId)]
    [InlineData("com.example", "HideText", OcppDataTransferStatus.UnknownMessageId)]
    [InlineData("com.example", null, OcppDataTransferStatus.UnknownMessageId)]
    public async Task What_is_not_known_is_responded_to_as_such(
        string vendorId,
        string? messageId,
        OcppDataTransferStatus status
    )
    {
        foreach (string version in new[] { "ocpp1.6", "ocpp2.0.1", "ocpp2.1" })
        {
            await using OcppPair pair = CreatePair(version, csms: OnShowText);

            var exception = await Assert.ThrowsAsync<OcppDataTransferException>(() =>
                ShowAsync(pair.Station, new ShowText("hello", 3), vendorId, messageId)
            );

            Assert.Equal((status, null, null), (exception.Status, exception.ReasonCode, exception.Reason));
            Assert.Equal($"The data transfer ended with {status}.", exception.Message);
        }
    }

    [Theory]
    [InlineData("COM.EXAMPLE", "showtext")]
    [InlineData("Com.Example", "SHOWTEXT")]
    public async Task Vendors_and_messages_do_not_depend_on_the_case(string vendorId, string messageId)
    {
        await using OcppPair pair = CreatePair("ocpp2.0.1", csms: OnShowText);

        Assert.Equal(new ShownText(5), await ShowAsync(pair.Station, new ShowText("hello", 3), vendorId, messageId));
    }

    [Theory]
    [InlineData("ocpp1.6", "\"data\":\"{not JSON\"", """{"status":"Rejected"}""")]
    [InlineData("ocpp1.6", "\"data\":\"{\\\"text\\\":1}\"", """{"status":"Rejected"}""")]
    [InlineData("ocpp1.6", "\"messageId\":\"ShowText\"", """{"status":"Rejected"}""")]
    [InlineData("ocpp2.0.1", "\"data\":{\"text\":\"secret\",\"seconds\":\"x\"}", InvalidValue)]
    [InlineData("ocpp2.0.1", "\"data\":{\"text\":\"secret\"}", InvalidValue)]
    [InlineData("ocpp2.0.1", "\"data\":[1]", InvalidValue)]
    [InlineData("ocpp2.0.1", "\"data\":null", MissingParam)]
    [InlineData("ocpp2.1", "\"data\":\"{}\"", InvalidValue)]
    [InlineData("ocpp2.1", "\"messageId\":\"ShowText\"", MissingParam)]
    public async Task Data_that_can_not_be_read_is_rejected_with_a_reason_that_repeats_nothing_of_it(
        string version,
        string data,
        string expected
    )
    {
        await using OcppPair pair = CreatePair(version, csms: OnShowText);
        string message = data.StartsWith("\"messageId\"", StringComparison.Ordinal)
            ? ""
            : "\"messageId\":\"ShowText\",";

        JsonElement response = await CallAsync(pair.Station, $$"""{"vendorId":"com.example",{{message}}{{data}}}""");

        Assert.Equal(expected, response.GetRawText());
    }

    [Theory]
    [InlineData("ocpp1.6", null, null)]
    [InlineData("ocpp2.0.1", "OutOfMemory", "The display is full.")]
    [InlineData("ocpp2.1", "OutOfMemory", "The display is full.")]
    public async Task A_handler_rejects_a_message_with_a_reason_where_the_version_has_one(
        string version,
        string? code,
        string? reason
    )
    {
        await using OcppPair pair = CreatePair(
            version,
            csms: csms =>
                csms.OnDataTransfer(
                    "com.example",
                    "ShowText",
                    VendorJsonContext.Default.ShowText,
                    VendorJsonContext.Default.ShownText,
                    ShownText? (_, _) =>
                        throw new OcppDataTransferException(
                            OcppDataTransferStatus.Rejected,
                            "OutOfMemory",
                            "The display is full."
                        )
                )
        );

        var exception = await Assert.ThrowsAsync<OcppDataTransferException>(() =>
            ShowAsync(pair.Station, new ShowText("hello", 3))
        );

        Assert.Equal(
            (OcppDataTransferStatus.Rejected, code, reason),
            (exception.Status, exception.ReasonCode, exception.Reason)
        );
    }

    [Fact]
    public async Task A_reason_without_a_code_has_the_code_Rejected()
    {
        await using OcppPair pair = CreatePair(
            "ocpp2.0.1",
            csms: csms =>
                csms.OnDataTransfer(
                    "com.example",
                    "ShowText",
                    VendorJsonContext.Default.ShowText,
                    VendorJsonContext.Default.ShownText,
                    ShownText? (_, _) => throw new OcppDataTransferException("Not now.")
                )
        );

        var exception = await Assert.ThrowsAsync<OcppDataTransferException>(() =>
            ShowAsync(pair.Station, new ShowText("hello", 3))
        );

        Assert.Equal("The data transfer ended with Rejected (Rejected): Not now.", exception.Message);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_handler_may_respond_without_data(string version)
    {
        await using OcppPair pair = CreatePair(
            version,
            csms: csms =>
                csms.OnDataTransfer(
                    "com.example",
                    "ShowText",
                    VendorJsonContext.Default.ShowText,
                    VendorJsonContext.Default.ShownText,
                    (_, _) => (ShownText?)null
                )
        );

        Assert.Null(await ShowAsync(pair.Station, new ShowText("hello", 3)));
    }

    [Fact]
    public async Task A_response_whose_data_is_of_another_type_fails_the_call()
    {
        await using OcppPair pair = CreatePair(
            "ocpp2.0.1",
            csms: csms =>
                csms.OnOther(
                    (_, _) =>
                        Task.FromResult(
                            JsonSerializer.Deserialize<JsonElement>("""{"status":"Accepted","data":"secret"}""")
                        )
                )
        );

        var exception = await Assert.ThrowsAsync<OcppInvalidResponseException>(() =>
            ShowAsync(pair.Station, new ShowText("hello", 3))
        );

        Assert.Equal("The data of the response is not of the expected type.", exception.Message);
    }

    [Fact]
    public async Task An_endpoint_with_all_versions_registers_a_message_once_and_calls_a_station_in_its_version()
    {
        OcppProtocol[] all = [V21.Ocpp21Protocol.Instance, V201.Ocpp201Protocol.Instance, V16.Ocpp16Protocol.Instance];
        await using Csms csms = await Csms.StartAsync(OnShowText, protocols: all);
        foreach (OcppProtocol protocol in all)
        {
            await using OcppSession station = await csms.ConnectAsync(
                "CS-1",
                new OcppHandlers(protocol, OnShowText),
                options => options.AddSubProtocol(protocol.Subprotocol)
            );
            OcppSession served = await csms.ConnectedAsync();

            Assert.Equal(new ShownText(5), await ShowAsync(station, new ShowText("hello", 3)));
            Assert.Equal(new ShownText(6), await ShowAsync(served, new ShowText("hello!", 3)));
        }
    }

    [Fact]
    public void A_message_has_one_handler_and_so_has_the_action()
    {
        var twice = new OcppHandlers(V201.Ocpp201Protocol.Instance, OnShowText);
        var mixed = new OcppHandlers(V201.Ocpp201Protocol.Instance, OnShowText);

        Assert.Equal(
            "The message 'ShowText' of com.example already has a handler.",
            Assert.Throws<ArgumentException>(() => OnShowText(twice)).Message
        );
        Assert.Equal(
            "DataTransfer already has a handler.",
            Assert
                .Throws<ArgumentException>(() =>
                    mixed.On(
                        (V201.DataTransferRequest _) =>
                            new V201.DataTransferResponse { Status = V201.DataTransferStatusEnumType.Accepted }
                    )
                )
                .Message
        );
    }

    [Fact]
    public void A_protocol_without_data_transfers_is_an_error_at_the_registration() =>
        Assert.StartsWith(
            "No protocol of these handlers has data transfers.",
            Assert.Throws<ArgumentException>(() => OnShowText(new OcppHandlers(VendorProtocol.Instance))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_refusal_that_is_accepted_does_not_exist() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new OcppDataTransferException(OcppDataTransferStatus.Accepted)
        );

    private static void OnShowText(IOcppHandlers handlers) =>
        handlers
            .OnDataTransfer(
                "com.example",
                "ShowText",
                VendorJsonContext.Default.ShowText,
                VendorJsonContext.Default.ShownText,
                async (request, context) =>
                {
                    await Task.Yield();
                    return new ShownText(request.Text.Length);
                }
            )
            .OnDataTransfer(
                "com.example",
                "Echo",
                VendorJsonContext.Default.String,
                VendorJsonContext.Default.String,
                (request, _) => request
            );

    private static Task<ShownText?> ShowAsync(
        OcppSession session,
        ShowText request,
        string vendorId = "com.example",
        string? messageId = "ShowText"
    ) =>
        session.DataTransferAsync(
            vendorId,
            messageId,
            request,
            VendorJsonContext.Default.ShowText,
            VendorJsonContext.Default.ShownText
        );

    private static Task<JsonElement> CallAsync(OcppSession session, string request) =>
        session.CallAsync("DataTransfer", JsonSerializer.Deserialize<JsonElement>(request));

    private static OcppPair CreatePair(
        string version,
        Action<IOcppHandlers>? station = null,
        Action<IOcppHandlers>? csms = null
    )
    {
        OcppProtocol protocol = version switch
        {
            "ocpp1.6" => V16.Ocpp16Protocol.Instance,
            "ocpp2.0.1" => V201.Ocpp201Protocol.Instance,
            _ => V21.Ocpp21Protocol.Instance,
        };
        return OcppPair.Create(new OcppHandlers(protocol, station), new OcppHandlers(protocol, csms));
    }
}

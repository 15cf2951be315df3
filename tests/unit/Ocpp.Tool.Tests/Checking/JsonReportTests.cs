using Xunit;

namespace Ocpp.Tool.Tests.Checking;

public sealed class JsonReportTests
{
    [Fact]
    public async Task Each_line_is_an_object_and_the_last_one_the_summary()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $$"""
            started
            [2,"1","SignCertificate",{"csr":"{{new string('c', 5501)}}"}]
            [3,"9",{}]
            [2,"\u001b\u00e9","Nope",{}]
            [9,"2",{
            [4,"1","GenericError","",7]
            """,
            "--json"
        );

        Assert.Equal(
            """
            {"kind":"violation","file":"-","line":2,"messageType":"CALL","action":"SignCertificate","messageId":"1","errorCode":"PropertyConstraintViolation","rule":"MaxLength","path":"/csr","limit":5500,"actual":5501,"text":"/csr: has 5501 characters; the maximum is 5500."}
            {"kind":"unmatched","file":"-","line":3,"messageType":"CALLRESULT","messageId":"9"}
            {"kind":"violation","file":"-","line":4,"messageType":"CALL","action":"Nope","messageId":"\u001B\u00E9","errorCode":"NotImplemented","rule":"UnknownAction","path":"","text":"Unknown action."}
            {"kind":"violation","file":"-","line":5,"messageId":"2","errorCode":"MessageTypeNotSupported","text":"Unknown message type number."}
            {"kind":"violation","file":"-","line":6,"messageType":"CALLERROR","action":"SignCertificate","messageId":"1","errorCode":"FormatViolation","text":"The error details are missing or are not an object."}
            {"kind":"summary","frames":5,"valid":1,"invalid":4,"violations":4,"skippedLines":1,"interrupted":false,"protocols":[{"protocol":"ocpp2.0.1","by":"default","frames":5}],"candidates":["ocpp1.6","ocpp2.0.1","ocpp2.1"],"actions":[{"action":"SignCertificate","frames":2,"valid":0,"invalid":2}],"unknownAction":{"frames":1,"valid":0,"invalid":1},"unreadable":{"frames":1,"valid":0,"invalid":1},"unmatched":{"frames":1,"valid":1,"invalid":0}}

            """,
            result.Output
        );
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_payload_has_no_message_id()
    {
        CommandResult result = await CommandResult.CheckAsync("{}", "--json", "--type", "SignCertificateResponse");
        Assert.Equal(
            """{"kind":"violation","file":"-","line":1,"messageType":"CALLRESULT","action":"SignCertificate","errorCode":"OccurrenceConstraintViolation","rule":"Required","path":"/status","text":"/status: required property is missing."}""",
            result.Lines[0]
        );
    }
}

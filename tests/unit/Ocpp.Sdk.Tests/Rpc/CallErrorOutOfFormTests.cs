using System.Text;
using Ocpp.Rpc;

namespace Ocpp.Tests.Rpc;

/// <summary>What is read of a CALLERROR that is JSON but not of the form of the specification.</summary>
public sealed class CallErrorOutOfFormTests
{
    private static readonly OcppFrameError s_error = new("1", null, OcppErrorCode.FormatViolation, "Out of form.");

    [Theory]
    [InlineData("""[4,"1","NotSupported","why"]""", "NotSupported", "why")]
    [InlineData("""[4,"1","NotSupported","why",{"a":[1,"x"]},"more"]""", "NotSupported", "why")]
    [InlineData("""[4,"1","NotSupported",{"a":1},["b"]]""", "NotSupported", "")]
    [InlineData("""[4,"1",["Other"],"why"]""", "GenericError", "why")]
    [InlineData("""[4,"1"]""", "GenericError", "")]
    [InlineData("""[4,"1","\ud800","\udc00"]""", "GenericError", "")]
    public void The_code_and_the_description_are_read_where_they_are_texts(string text, string code, string words) =>
        Assert.Equal(
            s_error with
            {
                ErrorCodeName = code,
                ErrorDescription = words,
            },
            CallErrorOutOfForm.Read(Encoding.UTF8.GetBytes(text), s_error)
        );

    [Theory]
    [InlineData("""[4,"1","NotSupported","why"] 5""")]
    [InlineData("""[4,"1","NotSupported",{"a":1""")]
    [InlineData("""[4,"1","NotSupported",{"a":}]""")]
    public void Nothing_is_read_of_what_is_not_JSON(string text) =>
        Assert.Equal(s_error, CallErrorOutOfForm.Read(Encoding.UTF8.GetBytes(text), s_error));

    [Fact]
    public void Deep_details_are_skipped()
    {
        string details = new string('[', 100) + new string(']', 100);

        OcppFrameError read = CallErrorOutOfForm.Read(
            Encoding.UTF8.GetBytes($"[4,\"1\",\"NotSupported\",\"why\",{details}]"),
            s_error
        );

        Assert.Equal(("NotSupported", "why"), (read.ErrorCodeName, read.ErrorDescription));
    }
}

using System.Text;
using Ocpp.EveryMessage.Schemas;
using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>
/// The second opinion is one: it refuses what is wrong, takes what is right, and each listed difference is real.
/// </summary>
public sealed class JudgeTests
{
    [Theory]
    [InlineData("SignCertificateRequest", """{"csr":"x","csr":"x"}""", nameof(Stricter.DuplicateProperty))]
    [InlineData("SignCertificateRequest", """{"csr":"\ud800"}""", nameof(Stricter.InvalidText))]
    [InlineData(
        "BootNotificationResponse",
        """{"currentTime":"2026-01-31T12:34:56Z","interval":2147483648,"status":"Accepted"}""",
        nameof(Stricter.NumberRange)
    )]
    [InlineData(
        "BootNotificationResponse",
        """{"currentTime":"2026-01-31","interval":1,"status":"Accepted"}""",
        nameof(Stricter.DateTimeForm)
    )]
    public void NJsonSchema_takes_what_the_sdk_refuses(string payloadName, string json, string stricter)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        Verdict verdict = schema.Judge.Ask(Encoding.UTF8.GetBytes(json));
        Assert.True(verdict.IsJson);
        Assert.True(verdict.FitsSchema);
        Assert.Equal([Enum.Parse<Stricter>(stricter)], verdict.Stricter);
        Assert.False(schema.Type.TryParse(Encoding.UTF8.GetBytes(json), out _, out _));
    }

    [Theory]
    [InlineData("""{"csr":"x"}""", true, true)]
    [InlineData("""{}""", true, false)]
    [InlineData("""{"csr":null}""", true, false)]
    [InlineData("""{"csr":1}""", true, false)]
    [InlineData("""{"csr":"x","other":1}""", true, false)]
    [InlineData("""{"csr":"x","certificateType":"x"}""", true, false)]
    [InlineData("""[]""", true, false)]
    [InlineData("""{"csr":"x",}""", false, false)]
    [InlineData("""{'csr':"x"}""", false, false)]
    [InlineData("", false, false)]
    public void Judge_tells_right_from_wrong(string json, bool isJson, bool fitsSchema)
    {
        Verdict verdict = SchemaFile.Get("SignCertificateRequest").Judge.Ask(Encoding.UTF8.GetBytes(json));
        Assert.Equal((isJson, fitsSchema, isJson && fitsSchema), (verdict.IsJson, verdict.FitsSchema, verdict.IsValid));
    }

    [Theory]
    [InlineData("7.0", true)]
    [InlineData("70e-1", true)]
    [InlineData("0e-400", true)]
    [InlineData("7.1", false)]
    [InlineData("1e-400", false)]
    [InlineData("1.00000000000000000000000000000000001", false)]
    public void Judge_takes_a_number_for_an_integer_by_its_value(string number, bool isInteger)
    {
        byte[] json = Encoding.UTF8.GetBytes(
            $$"""{"currentTime":"2026-01-31T12:34:56Z","interval":{{number}},"status":"Accepted"}"""
        );
        Assert.Equal(isInteger, SchemaFile.Get("BootNotificationResponse").Judge.Ask(json).IsValid);
    }
}

using System.Text;
using Ocpp.Rpc;
using Xunit;

namespace Ocpp.V21.Tests;

/// <summary>Which fields of OCPP 2.1 hold secrets, and that those it added stay out of logs.</summary>
public class WireLogTests
{
    [Fact]
    public void Tokens_certificates_and_passwords_are_sensitive() =>
        Assert.Equal(
            [
                "additionalIdToken",
                "apnPassword",
                "attributeValue",
                "basicAuthPassword",
                "certificate",
                "certificateChain",
                "csr",
                "exiRequest",
                "exiResponse",
                "idToken",
                "idTokens",
                "key",
                "password",
                "prioritizedEMAIDs",
                "signingCertificate",
                "simPin",
            ],
            Ocpp21Protocol.Instance.SensitiveProperties
        );

    [Theory]
    [InlineData(
        """[2,"1","SetNetworkProfile",{"connectionData":{"identity":"CS-1","basicAuthPassword":"secret"}}]""",
        """[2,"1","SetNetworkProfile",{"connectionData":{"identity":"CS-1","basicAuthPassword":"(6 characters)"}}]"""
    )]
    [InlineData(
        """[3,"1",{"status":"Accepted","tariffAssignments":[{"tariffId":"t","tariffKind":"DriverTariff","idTokens":["04A2","04"]}]}]""",
        """[3,"1",{"status":"Accepted","tariffAssignments":[{"tariffId":"t","tariffKind":"DriverTariff","idTokens":["(4 characters)","(2 characters)"]}]}]"""
    )]
    [InlineData(
        """[2,"1","Get15118EVCertificate",{"exiRequest":"AAAA","prioritizedEMAIDs":["DE8AACA2B3C4D5"]}]""",
        """[2,"1","Get15118EVCertificate",{"exiRequest":"(4 characters)","prioritizedEMAIDs":["(14 characters)"]}]"""
    )]
    public void A_frame_is_kept_but_for_its_secrets(string frame, string line) =>
        Assert.Equal(line, OcppWireLog.Redact(Encoding.UTF8.GetBytes(frame), Ocpp21Protocol.Instance));

    [Fact]
    public void A_list_of_tokens_is_left_out_of_a_records_text()
    {
        var assignment = new TariffAssignmentType
        {
            TariffId = "t",
            TariffKind = TariffKindEnumType.DriverTariff,
            IdTokens = ["S3CRET"],
        };

        Assert.DoesNotContain("S3CRET", assignment.ToString(), StringComparison.Ordinal);
        Assert.Contains("S3CRET", Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(assignment)), StringComparison.Ordinal);
    }
}

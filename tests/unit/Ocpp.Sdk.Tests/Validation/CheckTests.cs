using System.Text;
using Ocpp.Tests.Json;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Validation;

/// <summary>The list of all violations, and that every way to read a payload agrees with it.</summary>
public sealed class CheckTests
{
    private static readonly byte[] s_sign = Encoding.UTF8.GetBytes(
        "{\"csr\":\"-----BEGIN\\n\",\"certificateType\":\"V2GCertificate\",\"customData\":{\"vendorId\":\"v\",\"x\":[1,{\"y\":\"z\"}]}}"
    );

    private static readonly byte[] s_boot = Encoding.UTF8.GetBytes(
        "{\"reason\":\"PowerUp\",\"chargingStation\":{\"model\":\"m\",\"vendorName\":\"v\",\"modem\":{\"iccid\":\"1\",\"imsi\":\"2\"},"
            + "\"serialNumber\":\"s\",\"firmwareVersion\":\"f\",\"customData\":{\"vendorId\":\"v\"}}}"
    );

    private static readonly byte[] s_bootAnswer = Encoding.UTF8.GetBytes(
        "{\"currentTime\":\"2026-01-31T12:34:56.789Z\",\"interval\":300,\"status\":\"Accepted\",\"statusInfo\":{\"reasonCode\":\"r\",\"additionalInfo\":\"a\"}}"
    );

    private static readonly byte[] s_reading = Encoding.UTF8.GetBytes(
        "{\"count\":1,\"level\":0.5,\"final\":true,\"time\":\"2026-01-31T12:34:56+01:00\",\"names\":[\"a\",\"b\"],\"numbers\":[1,2,3],"
            + "\"parts\":[{\"count\":2,\"parts\":[{\"count\":3}]},{\"count\":4}],\"any\":{\"a\":[null]},\"x\":1}"
    );

    [Fact]
    public void A_valid_payload_has_no_violations()
    {
        Assert.Empty(OcppJson.Check<SignCertificateRequest>(s_sign));
        Assert.Empty(OcppJson.Check<BootNotificationRequest>(s_boot));
        Assert.Empty(OcppJson.Check<BootNotificationResponse>(s_bootAnswer));
        Assert.Empty(OcppJson.Check<Reading>(s_reading));
    }

    [Fact]
    public void All_violations_are_listed_in_their_order_with_their_paths()
    {
        byte[] payload = Encoding.UTF8.GetBytes(
            "{\"names\":[\"abcdef\",7,null,\"a\"],\"count\":\"1\",\"parts\":[{\"count\":-1},{},{\"parts\":[{\"count\":1.5}],\"count\":1,\"time\":\"x\"},[]],"
                + "\"level\":2,\"final\":null,\"level\":3,\"numbers\":[99999999999]}"
        );
        Assert.Equal(
            [
                (OcppRule.MaxLength, "/names/0"),
                (OcppRule.Type, "/names/1"),
                (OcppRule.Null, "/names/2"),
                (OcppRule.MaxItems, "/names"),
                (OcppRule.Type, "/count"),
                (OcppRule.Minimum, "/parts/0/count"),
                (OcppRule.Required, "/parts/1/count"),
                (OcppRule.Type, "/parts/2/parts/0/count"),
                (OcppRule.DateTime, "/parts/2/time"),
                (OcppRule.Type, "/parts/3"),
                (OcppRule.Maximum, "/level"),
                (OcppRule.Null, "/final"),
                (OcppRule.Maximum, "/level"),
                (OcppRule.DuplicateProperty, "/level"),
                (OcppRule.NumberRange, "/numbers/0"),
            ],
            OcppJson.Check<Reading>(payload).Select(violation => (violation.Rule, violation.Path))
        );
    }

    [Fact]
    public void Malformed_JSON_ends_the_list() =>
        Assert.Equal(
            [
                new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, "/count"),
                new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.MalformedJson, "/level", Actual: 21),
            ],
            OcppJson.Check<Reading>("{\"count\":\"1\",\"level\":x,\"final\":7}"u8)
        );

    [Fact]
    public void Trailing_bytes_are_malformed_JSON() =>
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.MalformedJson, "", Actual: 14)],
            OcppJson.Check<Reading>("{\"count\":1}  \n{}"u8)
        );

    [Theory]
    [InlineData(nameof(SignCertificateRequest))]
    [InlineData(nameof(BootNotificationRequest))]
    [InlineData(nameof(BootNotificationResponse))]
    [InlineData(nameof(Reading))]
    public void Over_mutated_payloads_all_ways_to_read_agree(string message)
    {
        int accepted = 0;
        const int Cases = 10_000;
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            accepted += message switch
            {
                nameof(SignCertificateRequest) => Agree<SignCertificateRequest>(s_sign, random, seed),
                nameof(BootNotificationRequest) => Agree<BootNotificationRequest>(s_boot, random, seed),
                nameof(BootNotificationResponse) => Agree<BootNotificationResponse>(s_bootAnswer, random, seed),
                _ => Agree<Reading>(s_reading, random, seed),
            }
                ? 1
                : 0;
        }

        // Both answers were put to the test.
        Assert.InRange(accepted, Cases / 100, Cases - (Cases / 10));
    }

    private static bool Agree<T>(byte[] valid, Random random, int seed)
        where T : class, IOcppPayload<T>
    {
        byte[] payload = random.Next(3) == 0 ? valid : PayloadMutation.Apply(valid, random);
        payload = random.Next(3) == 0 || ReferenceEquals(payload, valid) ? Mutation.Apply(payload, random) : payload;
        string context = $"seed {seed}: {Encoding.UTF8.GetString(payload)}";
        bool isJson = Oracle.Accepts(payload);

        bool isValid = OcppJson.TryParse(payload, out T? value, out OcppViolation violation);
        IReadOnlyList<OcppViolation> violations = OcppJson.Check<T>(payload);
        Assert.True(isValid == (violations.Count == 0), context);
        Assert.True(isValid || violation == violations[0], context);
        Assert.True(isJson || !isValid, context);

        // Whoever accepts nothing is strict; whoever accepts all is told of all that Check lists.
        Assert.Equal(
            isValid,
            OcppJson.TryParse(
                payload,
                out T? _,
                out OcppViolation same,
                new OcppReadOptions { Accept = static _ => false }
            )
        );
        Assert.True(same == violation, context);
        var reported = new List<OcppViolation>();
        var acceptAll = new OcppReadOptions { Accept = static _ => true, DeviationAccepted = reported.Add };
        IReadOnlyList<OcppViolation> fatal = OcppJson.Check<T>(payload, acceptAll);
        Assert.True(fatal.All(violations.Contains), context);
        if (OcppJson.TryParse(payload, out T? relaxed, out OcppViolation refused, acceptAll))
        {
            Assert.Empty(fatal);
            Assert.True(isJson, context);
            Assert.True(violations.SequenceEqual(reported), context);
            Assert.True(!isValid || relaxed.Equals(value), context);
        }
        else
        {
            Assert.Contains(refused, fatal);
            Assert.Empty(reported);
        }

        int maximum = random.Next(1, 4);
        Assert.Equal(
            violations.Take(maximum),
            OcppJson.Check<T>(payload, new OcppReadOptions { MaxViolations = maximum })
        );
        if (isValid)
        {
            Assert.Empty(value!.Validate());

            // Times are written to the millisecond: what was written once stays as it is.
            byte[] written = OcppJson.ToUtf8Bytes(value);
            T back = OcppJson.Parse<T>(written);
            Assert.True(written.AsSpan().SequenceEqual(OcppJson.ToUtf8Bytes(back)), context);
            Assert.True(back.Equals(OcppJson.Parse<T>(written)), context);
        }
        else if (relaxed is not null)
        {
            AssertWriterAgreesWithValidate(relaxed, context);
        }

        return isValid;
    }

    /// <summary>
    /// What Validate finds wrong is not written; what it finds right is, and our own reader takes it.
    /// </summary>
    private static void AssertWriterAgreesWithValidate<T>(T value, string context)
        where T : class, IOcppPayload<T>
    {
        IReadOnlyList<OcppViolation> violations = value.Validate();
        var output = new ExactBufferWriter();
        try
        {
            OcppJson.Write(output, value);
            Assert.True(violations.Count == 0, context);
            Assert.True(OcppJson.TryParse(output.Written, out T? _, out _), context);
        }
        catch (OcppValidationException exception)
        {
            Assert.Equal(violations, exception.Violations);
            Assert.Equal(0, output.Advances);
        }
    }
}

using Ocpp.Validation;

namespace Ocpp.Tests.Validation;

/// <summary>Which error code each broken rule is answered with, and the twelve names.</summary>
public sealed class ErrorMapTests
{
    /// <summary>The SDK's default table, row by row, as it is documented.</summary>
    private static readonly Dictionary<OcppRule, OcppErrorCode> s_table = new()
    {
        [OcppRule.MalformedJson] = OcppErrorCode.FormatViolation,
        [OcppRule.InvalidText] = OcppErrorCode.FormatViolation,
        [OcppRule.Depth] = OcppErrorCode.FormatViolation,
        [OcppRule.DuplicateProperty] = OcppErrorCode.FormatViolation,
        [OcppRule.PayloadNotObject] = OcppErrorCode.FormatViolation,
        [OcppRule.UnknownProperty] = OcppErrorCode.ProtocolError,
        [OcppRule.Required] = OcppErrorCode.OccurrenceConstraintViolation,
        [OcppRule.MinItems] = OcppErrorCode.OccurrenceConstraintViolation,
        [OcppRule.MaxItems] = OcppErrorCode.OccurrenceConstraintViolation,
        [OcppRule.Type] = OcppErrorCode.TypeConstraintViolation,
        [OcppRule.Null] = OcppErrorCode.TypeConstraintViolation,
        [OcppRule.DateTime] = OcppErrorCode.TypeConstraintViolation,
        [OcppRule.Uri] = OcppErrorCode.TypeConstraintViolation,
        [OcppRule.NumberRange] = OcppErrorCode.TypeConstraintViolation,
        [OcppRule.Enum] = OcppErrorCode.TypeConstraintViolation,
        [OcppRule.MaxLength] = OcppErrorCode.PropertyConstraintViolation,
        [OcppRule.Minimum] = OcppErrorCode.PropertyConstraintViolation,
        [OcppRule.Maximum] = OcppErrorCode.PropertyConstraintViolation,
        [OcppRule.MultipleOf] = OcppErrorCode.PropertyConstraintViolation,
        [OcppRule.UnknownAction] = OcppErrorCode.NotImplemented,
        [OcppRule.UnhandledAction] = OcppErrorCode.NotSupported,
        [OcppRule.HandlerFailed] = OcppErrorCode.InternalError,
        [OcppRule.MaxUntypedValues] = OcppErrorCode.OccurrenceConstraintViolation,
        [OcppRule.InvalidFrame] = OcppErrorCode.FormatViolation,
        [OcppRule.UnreadableFrame] = OcppErrorCode.RpcFrameworkError,
        [OcppRule.UnknownMessageType] = OcppErrorCode.MessageTypeNotSupported,
        [OcppRule.InvalidHandlerResponse] = OcppErrorCode.InternalError,
        [OcppRule.InvalidSignedMessage] = OcppErrorCode.SecurityError,
        [OcppRule.SignatureMismatch] = OcppErrorCode.SecurityError,
        [OcppRule.UnknownSignatureCertificate] = OcppErrorCode.SecurityError,
        [OcppRule.InvalidSignature] = OcppErrorCode.SecurityError,
        [OcppRule.UnsignedResponse] = OcppErrorCode.SecurityError,
    };

    [Fact]
    public void The_default_table_is_the_documented_one()
    {
        Assert.Equal(Enum.GetValues<OcppRule>().Order(), s_table.Keys.Order());
        Assert.All(s_table, row => Assert.Equal(row.Value, OcppErrorMap.Default[row.Key]));
    }

    [Fact]
    public void A_derived_table_differs_in_its_one_row_and_leaves_the_other_as_it_was()
    {
        foreach (OcppRule rule in s_table.Keys)
        {
            OcppErrorMap derived = OcppErrorMap.Default.With(rule, OcppErrorCode.SecurityError);
            Assert.All(
                s_table,
                row => Assert.Equal(row.Key == rule ? OcppErrorCode.SecurityError : row.Value, derived[row.Key])
            );
            Assert.All(s_table, row => Assert.Equal(row.Value, OcppErrorMap.Default[row.Key]));
        }
    }

    [Fact]
    public void Derived_tables_add_up()
    {
        OcppErrorMap map = OcppErrorMap
            .Default.With(OcppRule.Enum, OcppErrorCode.PropertyConstraintViolation)
            .With(OcppRule.UnknownProperty, OcppErrorCode.FormatViolation)
            .With(OcppRule.Enum, OcppErrorCode.FormatViolation);
        Assert.Equal(OcppErrorCode.FormatViolation, map[OcppRule.Enum]);
        Assert.Equal(OcppErrorCode.FormatViolation, map[OcppRule.UnknownProperty]);
    }

    [Fact]
    public void A_code_or_rule_that_does_not_exist_is_refused()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            "code",
            () => OcppErrorMap.Default.With(OcppRule.Enum, (OcppErrorCode)12)
        );
        Assert.StartsWith("Not one of the twelve OCPP error codes.", exception.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => OcppErrorMap.Default.With((OcppRule)1000, OcppErrorCode.GenericError));
    }

    [Fact]
    public void A_payload_is_answered_by_the_table_of_its_options()
    {
        var options = new OcppReadOptions
        {
            ErrorMap = OcppErrorMap.Default.With(OcppRule.MaxLength, OcppErrorCode.FormatViolation),
        };
        byte[] payload = [.. "{\"count\":1,\"names\":[\"abcdef\"]}"u8];
        Assert.False(OcppJson.TryParse(payload, out Reading? _, out OcppViolation violation, options));
        Assert.Equal(new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.MaxLength, "/names/0", 5, 6), violation);
        Assert.Equal([violation], OcppJson.Check<Reading>(payload, options));
    }

    [Fact]
    public void There_are_twelve_error_codes_named_as_on_the_wire()
    {
        string[] names =
        [
            "FormatViolation",
            "GenericError",
            "InternalError",
            "MessageTypeNotSupported",
            "NotImplemented",
            "NotSupported",
            "OccurrenceConstraintViolation",
            "PropertyConstraintViolation",
            "ProtocolError",
            "RpcFrameworkError",
            "SecurityError",
            "TypeConstraintViolation",
        ];
        Assert.Equal(names, Enum.GetValues<OcppErrorCode>().Select(code => code.ToWireName()));
        foreach (OcppErrorCode code in Enum.GetValues<OcppErrorCode>())
        {
            Assert.True(OcppErrorCodeNames.TryParse(code.ToWireName(), out OcppErrorCode back));
            Assert.Equal(code, back);
        }

        var exception = Assert.Throws<ArgumentOutOfRangeException>("code", () => ((OcppErrorCode)12).ToWireName());
        Assert.StartsWith("Not one of the twelve OCPP error codes.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FormationViolation", OcppErrorCode.FormatViolation)]
    [InlineData("OccurenceConstraintViolation", OcppErrorCode.OccurrenceConstraintViolation)]
    public void The_spellings_of_OCPP_1_6_are_read_and_never_written(string name, OcppErrorCode expected)
    {
        Assert.True(OcppErrorCodeNames.TryParse(name, out OcppErrorCode code));
        Assert.Equal(expected, code);
        Assert.NotEqual(name, code.ToWireName());
    }

    [Theory]
    [InlineData("")]
    [InlineData("formatViolation")]
    [InlineData("FORMATVIOLATION")]
    [InlineData("FormatViolation ")]
    [InlineData("3")]
    [InlineData("GenericError,InternalError")]
    public void Other_names_are_none(string name)
    {
        Assert.False(OcppErrorCodeNames.TryParse(name, out OcppErrorCode code));
        Assert.Equal(OcppErrorCode.GenericError, code);
    }
}

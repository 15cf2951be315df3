using Ocpp.Rpc;

namespace Ocpp;

/// <summary>The names of <see cref="OcppErrorCode"/> on the wire.</summary>
public static class OcppErrorCodeNames
{
    /// <summary>Returns the name on the wire, as in a CALLERROR.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is none of the twelve.</exception>
    public static string ToWireName(this OcppErrorCode code) =>
        code switch
        {
            OcppErrorCode.FormatViolation => nameof(OcppErrorCode.FormatViolation),
            OcppErrorCode.GenericError => nameof(OcppErrorCode.GenericError),
            OcppErrorCode.InternalError => nameof(OcppErrorCode.InternalError),
            OcppErrorCode.MessageTypeNotSupported => nameof(OcppErrorCode.MessageTypeNotSupported),
            OcppErrorCode.NotImplemented => nameof(OcppErrorCode.NotImplemented),
            OcppErrorCode.NotSupported => nameof(OcppErrorCode.NotSupported),
            OcppErrorCode.OccurrenceConstraintViolation => nameof(OcppErrorCode.OccurrenceConstraintViolation),
            OcppErrorCode.PropertyConstraintViolation => nameof(OcppErrorCode.PropertyConstraintViolation),
            OcppErrorCode.ProtocolError => nameof(OcppErrorCode.ProtocolError),
            OcppErrorCode.RpcFrameworkError => nameof(OcppErrorCode.RpcFrameworkError),
            OcppErrorCode.SecurityError => nameof(OcppErrorCode.SecurityError),
            OcppErrorCode.TypeConstraintViolation => nameof(OcppErrorCode.TypeConstraintViolation),
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not one of the twelve OCPP error codes."),
        };

    /// <summary>
    /// Reads an error code by its name, case-sensitive. The two names that OCPP 1.6 spelled otherwise
    /// (<c>FormationViolation</c>, <c>OccurenceConstraintViolation</c>) are understood too; they are written only where
    /// <see cref="OcppProtocolRules.NameOf"/> returns them.
    /// </summary>
    /// <returns><see langword="false"/> when the name is none of these.</returns>
    public static bool TryParse(ReadOnlySpan<char> name, out OcppErrorCode code)
    {
        (code, bool known) = name switch
        {
            "FormatViolation" or "FormationViolation" => (OcppErrorCode.FormatViolation, true),
            "GenericError" => (OcppErrorCode.GenericError, true),
            "InternalError" => (OcppErrorCode.InternalError, true),
            "MessageTypeNotSupported" => (OcppErrorCode.MessageTypeNotSupported, true),
            "NotImplemented" => (OcppErrorCode.NotImplemented, true),
            "NotSupported" => (OcppErrorCode.NotSupported, true),
            "OccurrenceConstraintViolation" or "OccurenceConstraintViolation" => (
                OcppErrorCode.OccurrenceConstraintViolation,
                true
            ),
            "PropertyConstraintViolation" => (OcppErrorCode.PropertyConstraintViolation, true),
            "ProtocolError" => (OcppErrorCode.ProtocolError, true),
            "RpcFrameworkError" => (OcppErrorCode.RpcFrameworkError, true),
            "SecurityError" => (OcppErrorCode.SecurityError, true),
            "TypeConstraintViolation" => (OcppErrorCode.TypeConstraintViolation, true),
            _ => (OcppErrorCode.GenericError, false),
        };
        return known;
    }
}

using System.Text.Json;
using Ocpp.Security;

namespace Ocpp.Rpc;

/// <summary>
/// Why the peer could not process a response of this side (CALLRESULTERROR of OCPP 2.1). See
/// <see cref="OcppRequestContext.OnResponseRejected"/>.
/// </summary>
/// <param name="ErrorCode">
/// The error code; <see cref="OcppErrorCode.GenericError"/> if the peer sent an unknown one.
/// </param>
/// <param name="ErrorCodeName">The error code as the peer spelled it.</param>
/// <param name="ErrorDescription">What is wrong with the response, in the peer's words; may be empty.</param>
/// <param name="ErrorDetails">What the peer added; <see langword="null"/> if it left out the details.</param>
public sealed record OcppResponseError(
    OcppErrorCode ErrorCode,
    string ErrorCodeName,
    string ErrorDescription,
    JsonElement? ErrorDetails
)
{
    /// <summary>The code and the description for a log, as <see cref="PrintableText"/> makes them.</summary>
    public override string ToString() => $"{PrintableText.Of(ErrorCodeName)}: {PrintableText.Of(ErrorDescription)}";
}

namespace Ocpp.Rpc;

/// <summary>How a session writes payloads: what a CSMS sends has fewer decimal places.</summary>
internal sealed class SessionWriting(OcppWriteOptions options, int csmsDecimalPlaces)
{
    private readonly OcppWriteOptions _fromCsms =
        options.MaxDecimalPlaces <= csmsDecimalPlaces ? options : options with { MaxDecimalPlaces = csmsDecimalPlaces };

    public OcppWriteOptions Options => options;

    /// <summary>For a request or message, by who sends it.</summary>
    public OcppWriteOptions For(OcppParty sender) => sender == OcppParty.Csms ? _fromCsms : options;

    /// <summary>For an answer, by who sends its request.</summary>
    public OcppWriteOptions ForAnswer(OcppParty sender) => sender == OcppParty.ChargingStation ? _fromCsms : options;
}

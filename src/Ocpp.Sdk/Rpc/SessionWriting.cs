namespace Ocpp.Rpc;

/// <summary>How a session writes payloads: what a CSMS sends has fewer decimal places.</summary>
internal sealed class SessionWriting
{
    /// <summary>The last that was made: as a rule, that of all sessions.</summary>
    private static volatile SessionWriting? s_last;

    private readonly int _csmsDecimalPlaces;
    private readonly OcppWriteOptions _fromCsms;

    private SessionWriting(OcppWriteOptions options, int csmsDecimalPlaces)
    {
        Options = options;
        _csmsDecimalPlaces = csmsDecimalPlaces;
        _fromCsms =
            options.MaxDecimalPlaces <= csmsDecimalPlaces
                ? options
                : options with
                {
                    MaxDecimalPlaces = csmsDecimalPlaces,
                };
    }

    public OcppWriteOptions Options { get; }

    /// <summary>How sessions write that have the same options; the same object where they are the same.</summary>
    public static SessionWriting Of(OcppWriteOptions options, int csmsDecimalPlaces)
    {
        SessionWriting? last = s_last;
        if (!ReferenceEquals(last?.Options, options) || last._csmsDecimalPlaces != csmsDecimalPlaces)
        {
            s_last = last = new SessionWriting(options, csmsDecimalPlaces);
        }

        return last;
    }

    /// <summary>For a request or message, by who sends it.</summary>
    public OcppWriteOptions For(OcppParty sender) => sender == OcppParty.Csms ? _fromCsms : Options;

    /// <summary>For an answer, by who sends its request.</summary>
    public OcppWriteOptions ForAnswer(OcppParty sender) => sender == OcppParty.ChargingStation ? _fromCsms : Options;
}

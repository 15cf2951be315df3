namespace Ocpp.Certificates;

/// <summary>How a station or a CSMS responds to a request of certificate signing.</summary>
public enum SigningStatus
{
    /// <summary>The request is carried out.</summary>
    Accepted,

    /// <summary>The request is not carried out.</summary>
    Rejected,

    /// <summary>The station does not implement what a trigger asks for.</summary>
    NotImplemented,
}

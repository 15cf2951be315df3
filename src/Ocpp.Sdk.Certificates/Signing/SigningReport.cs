using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Storage;
using Ocpp.Security;

namespace Ocpp.Certificates.Signing;

/// <summary>Something that an operator should know. It holds no CSR, no certificate and no key in words.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Station">The identity of the station; empty where it concerns none.</param>
/// <param name="Reason">Why, as a sentence; may be empty.</param>
public sealed record SigningReport(SigningReportKind Kind, string Station, string Reason)
{
    /// <summary>Room for the reason that a station gave, and the text around it.</summary>
    private const int MaxReasonLength = 1024;

    /// <summary>The request as it is now; none for a CSR that was refused.</summary>
    public SigningRequest? Request { get; init; }

    /// <summary>The evaluation of a CSR that was refused or tolerated.</summary>
    public CsrEvaluation? Evaluation { get; init; }

    /// <summary>The exception; <see langword="null"/> if there is none.</summary>
    public Exception? Exception { get; init; }

    /// <summary>
    /// The report as a line for a log; what a peer sent is in it as <see cref="PrintableText"/> makes it.
    /// </summary>
    public override string ToString()
    {
        string request = Request is null ? "" : $", request {Request.Id}";
        string station = Station.Length == 0 ? "no station" : PrintableText.Of(Station);
        return $"{Kind}: {station}{request}"
            + $"{(Reason.Length == 0 ? "" : ": " + PrintableText.Of(Reason, MaxReasonLength))}";
    }
}

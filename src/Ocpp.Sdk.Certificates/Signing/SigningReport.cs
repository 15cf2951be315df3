namespace Ocpp.Certificates;

/// <summary>Something that an operator should know. It holds no CSR, no certificate and no key in words.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Station">The identity of the station; empty where it concerns none.</param>
/// <param name="Reason">Why, as a sentence; may be empty.</param>
public sealed record SigningReport(SigningReportKind Kind, string Station, string Reason)
{
    /// <summary>The request as it is now; none for a CSR that was refused.</summary>
    public SigningRequest? Request { get; init; }

    /// <summary>What the policy said, for a CSR that was refused or tolerated.</summary>
    public CsrVerdict? Verdict { get; init; }

    /// <summary>What was thrown, where something was.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The report as a line for a log.</summary>
    public override string ToString()
    {
        string request = Request is null ? "" : $", request {Request.Id}";
        return $"{Kind}: {(Station.Length == 0 ? "no station" : Station)}{request}{(Reason.Length == 0 ? "" : ": " + Reason)}";
    }
}

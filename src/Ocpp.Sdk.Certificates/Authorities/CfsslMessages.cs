namespace Ocpp.Certificates.Authorities;

/// <summary>The messages of cfssl's HTTP API that are used here.</summary>
internal static class CfsslMessages
{
    public sealed record InfoRequest(string? Profile, string Label);

    public sealed record SignRequest(string CertificateRequest, string? Profile, string? Label);

    public sealed record AuthenticatedRequest(byte[] Token, byte[] Request);

    public sealed record Response(Result? Result, IReadOnlyList<Error>? Errors);

    public sealed record Result(string? Certificate);

    public sealed record Error(int Code);
}

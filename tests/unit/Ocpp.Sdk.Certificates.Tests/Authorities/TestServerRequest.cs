namespace Ocpp.Certificates.Tests;

/// <summary>What a <see cref="TestServer"/> was asked.</summary>
internal sealed record TestServerRequest(
    string Method,
    string Path,
    string? ContentType,
    string? Authorization,
    string Body
);

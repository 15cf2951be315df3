namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>The response to it.</summary>
internal sealed record ShownText(int Line);

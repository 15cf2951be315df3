namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>A vendor's message: a display that is to show a text.</summary>
internal sealed record ShowText(string Text, int Seconds);

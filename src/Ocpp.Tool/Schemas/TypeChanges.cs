namespace Ocpp.Tool.Schemas;

/// <summary>The changes of one type.</summary>
/// <param name="Type">Its C# name.</param>
/// <param name="MessageCount">How many messages have it; none for a message itself.</param>
internal sealed record TypeChanges(string Type, int? MessageCount, IReadOnlyList<Change> Changes);

namespace Ocpp.Tool.Schemas;

/// <summary>One change, in Markdown.</summary>
/// <param name="What">What changed, without a full stop.</param>
/// <param name="Consequence">What follows for users, as a sentence; none where it goes without saying.</param>
/// <param name="IsBreaking">
/// Code that was right no longer compiles, or messages that were valid no longer are, or mean something else.
/// </param>
internal sealed record Change(string What, string? Consequence, bool IsBreaking)
{
    public static Change Breaking(string what, string consequence) => new(what, consequence, IsBreaking: true);

    public static Change Harmless(string what, string? consequence = null) => new(what, consequence, IsBreaking: false);
}

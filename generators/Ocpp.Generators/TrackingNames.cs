namespace Ocpp.Generators;

/// <summary>The names of the pipeline's steps, by which tests check what was run again.</summary>
internal static class TrackingNames
{
    public const string Inputs = nameof(Inputs);
    public const string Parsed = nameof(Parsed);
    public const string Merged = nameof(Merged);
    public const string Sdk = nameof(Sdk);
    public const string Types = nameof(Types);
    public const string Sets = nameof(Sets);
    public const string Sources = nameof(Sources);
}

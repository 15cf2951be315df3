namespace Ocpp.AspNetCore.Operators;

/// <summary>A part of the stations that are connected, as an operator's program reads it.</summary>
/// <param name="Stations">The stations, in the order of their identities.</param>
/// <param name="Next">The <c>after</c> of the next page; <see langword="null"/> after the last page.</param>
internal sealed record OperatorPage(IReadOnlyList<OperatorStation> Stations, string? Next);

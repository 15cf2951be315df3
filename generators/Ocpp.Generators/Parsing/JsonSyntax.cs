using Microsoft.CodeAnalysis.Text;

namespace Ocpp.Generators.Parsing;

/// <summary>A JSON value with its place in the text.</summary>
internal abstract record JsonSyntax(TextSpan Span);

internal sealed record JsonObjectSyntax(TextSpan Span, IReadOnlyList<JsonMemberSyntax> Members) : JsonSyntax(Span)
{
    public JsonSyntax? this[string name] => Member(name)?.Value;

    public JsonMemberSyntax? Member(string name) => Members.LastOrDefault(member => member.Name == name);
}

internal sealed record JsonMemberSyntax(string Name, TextSpan NameSpan, JsonSyntax Value);

internal sealed record JsonArraySyntax(TextSpan Span, IReadOnlyList<JsonSyntax> Items) : JsonSyntax(Span);

internal sealed record JsonStringSyntax(TextSpan Span, string Value) : JsonSyntax(Span);

/// <summary>A number, in the digits of the file.</summary>
internal sealed record JsonNumberSyntax(TextSpan Span, string Digits) : JsonSyntax(Span);

/// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed record JsonLiteralSyntax(TextSpan Span, bool? Value) : JsonSyntax(Span);

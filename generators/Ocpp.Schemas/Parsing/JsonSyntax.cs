using System.Runtime.CompilerServices;
using Ocpp.Schemas.Diagnostics;

namespace Ocpp.Schemas.Parsing;

/// <summary>A JSON value with its place in the text.</summary>
internal abstract record JsonSyntax(SourceSpan Span);

/// <summary>An object. Compares by reference.</summary>
internal sealed record JsonObjectSyntax(SourceSpan Span, IReadOnlyList<JsonMemberSyntax> Members) : JsonSyntax(Span)
{
    private Dictionary<string, JsonMemberSyntax>? _byName;

    public JsonSyntax? this[string name] => Member(name)?.Value;

    /// <summary>The member of a name; the last where the name is there more than once.</summary>
    public JsonMemberSyntax? Member(string name)
    {
        if (_byName is null)
        {
            _byName = new Dictionary<string, JsonMemberSyntax>(Members.Count, StringComparer.Ordinal);
            foreach (JsonMemberSyntax member in Members)
            {
                _byName[member.Name] = member;
            }
        }

        return _byName.TryGetValue(name, out JsonMemberSyntax? found) ? found : null;
    }

    public bool Equals(JsonObjectSyntax? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}

internal sealed record JsonMemberSyntax(string Name, SourceSpan NameSpan, JsonSyntax Value);

/// <summary>An array. Compares by reference.</summary>
internal sealed record JsonArraySyntax(SourceSpan Span, IReadOnlyList<JsonSyntax> Items) : JsonSyntax(Span)
{
    private HashSet<string>? _texts;

    /// <summary>Whether one of the items is this text.</summary>
    public bool Contains(string text)
    {
        _texts ??= new HashSet<string>(
            Items.OfType<JsonStringSyntax>().Select(static item => item.Value),
            StringComparer.Ordinal
        );
        return _texts.Contains(text);
    }

    public bool Equals(JsonArraySyntax? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}

internal sealed record JsonStringSyntax(SourceSpan Span, string Value) : JsonSyntax(Span);

/// <summary>A number, in the digits of the file.</summary>
internal sealed record JsonNumberSyntax(SourceSpan Span, string Digits) : JsonSyntax(Span);

/// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed record JsonLiteralSyntax(SourceSpan Span, bool? Value) : JsonSyntax(Span);

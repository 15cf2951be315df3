using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ocpp.EveryMessage.Wire;

/// <summary>
/// A JSON text in the making. Unlike a DOM it can spell what is wrong or odd: a property twice, a name with escapes, a
/// number like 1e400, half a surrogate pair.
/// </summary>
internal abstract record WireValue
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static WireValue Null { get; } = new WireScalar("null");

    public static WireValue Text(string text) => new WireScalar(Quote(text));

    public static string Quote(string text) => JsonSerializer.Serialize(text, s_options);

    public static WireValue From(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => new WireObject([
                .. json.EnumerateObject().Select(p => new WireProperty(p.Name, From(p.Value))),
            ]),
            JsonValueKind.Array => new WireArray([.. json.EnumerateArray().Select(From)]),
            _ => new WireScalar(json.GetRawText()),
        };

    public static WireValue Parse(string json) => From(JsonSerializer.Deserialize<JsonElement>(json));

    /// <summary>The JSON text, with <paramref name="space"/> between any two tokens and around the whole.</summary>
    public string ToJson(string space = "") => string.Join(space, ["", .. Tokens, ""]);

    public byte[] ToUtf8(string space = "") => Encoding.UTF8.GetBytes(ToJson(space));

    public IReadOnlyList<string> Tokens
    {
        get
        {
            var tokens = new List<string>();
            AddTokens(tokens);
            return tokens;
        }
    }

    public abstract void AddTokens(List<string> tokens);

    /// <summary>Adds members between brackets, with commas between them.</summary>
    protected static void AddTokens<T>(
        List<string> tokens,
        string open,
        IEnumerable<T> members,
        string close,
        Action<T> add
    )
    {
        tokens.Add(open);
        int first = tokens.Count;
        foreach (T member in members)
        {
            if (tokens.Count > first)
            {
                tokens.Add(",");
            }

            add(member);
        }

        tokens.Add(close);
    }

    public sealed override string ToString() => ToJson();
}

internal sealed record WireScalar(string Json) : WireValue
{
    public override void AddTokens(List<string> tokens) => tokens.Add(Json);
}

internal sealed record WireArray(IReadOnlyList<WireValue> Items) : WireValue
{
    public override void AddTokens(List<string> tokens) =>
        AddTokens(tokens, "[", Items, "]", item => item.AddTokens(tokens));

    public WireArray With(int index, WireValue item) => new([.. Items.Select((old, i) => i == index ? item : old)]);
}

/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
/// <param name="Spelling">
/// The name between its quotes as it is to stand in the text, when that is not the usual form.
/// </param>
internal sealed record WireProperty(string Name, WireValue Value, string? Spelling = null)
{
    public void AddTokens(List<string> tokens)
    {
        tokens.Add(Spelling is null ? WireValue.Quote(Name) : $"\"{Spelling}\"");
        tokens.Add(":");
        Value.AddTokens(tokens);
    }
}

internal sealed record WireObject(IReadOnlyList<WireProperty> Properties) : WireValue
{
    public override void AddTokens(List<string> tokens) =>
        AddTokens(tokens, "{", Properties, "}", property => property.AddTokens(tokens));

    public WireValue this[string name] => Properties.First(property => property.Name == name).Value;

    public WireObject With(string name, WireValue value) =>
        new([.. Properties.Select(property => property.Name == name ? property with { Value = value } : property)]);

    public WireObject Without(string name) => new([.. Properties.Where(property => property.Name != name)]);

    public WireObject Append(string name, WireValue value, string? spelling = null) =>
        new([.. Properties, new WireProperty(name, value, spelling)]);
}

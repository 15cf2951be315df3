using System.Text.Json;
using Ocpp.Json;

namespace Ocpp.Tests.Json;

/// <summary>What generated equality stands on. Equal values have equal hashes.</summary>
public sealed class EqualityTests
{
    // Its exponent is beyond what System.Text.Json compares.
    private const string Huge = "1e99999999999";

    [Fact]
    public void Lists_are_equal_by_their_items_in_order()
    {
        int[] list = [1, 2, 3];

        AssertEqual(true, list, list);
        AssertEqual(true, list, [1, 2, 3]);
        AssertEqual(true, [], []);
        AssertEqual(true, null, null);
        AssertEqual(false, list, [1, 3, 2]);
        AssertEqual(false, list, [0, 2, 3]);
        AssertEqual(false, list, [1, 2, 4]);
        AssertEqual(false, list, [1, 2]);
        AssertEqual(false, list, [1, 2, 3, 4]);
        AssertEqual(false, list, null);
        AssertEqual(false, null, list);
        AssertEqual(false, [], null);

        static void AssertEqual(bool expected, IReadOnlyList<int>? left, IReadOnlyList<int>? right)
        {
            Assert.Equal(expected, OcppEquality.AreEqual(left, right));
            Assert.Equal(expected, OcppEquality.GetHashCode(left) == OcppEquality.GetHashCode(right));
        }
    }

    [Fact]
    public void Lists_can_be_compared_by_a_rule_of_their_own()
    {
        Assert.True(OcppEquality.AreEqual(["a", "B"], ["A", "b"], StringComparer.OrdinalIgnoreCase.Equals));
        Assert.False(OcppEquality.AreEqual(["a", "B"], ["A", "c"], StringComparer.OrdinalIgnoreCase.Equals));
        Assert.Throws<ArgumentNullException>("areItemsEqual", () => OcppEquality.AreEqual<string>(["a"], ["a"], null!));
    }

    [Fact]
    public void Lists_of_JSON_are_equal_by_value()
    {
        JsonElement[] left = [Json("1.0"), Json("{\"a\":1,\"b\":2}")];
        JsonElement[] right = [Json("1"), Json("{\"b\":2,\"a\":1.00}")];

        Assert.True(OcppEquality.AreEqual<JsonElement>(left, right));
        Assert.Equal(OcppEquality.GetHashCode<JsonElement>(left), OcppEquality.GetHashCode<JsonElement>(right));
        Assert.False(OcppEquality.AreEqual<JsonElement>(left, [Json("1"), Json("2")]));
        Assert.NotEqual(
            OcppEquality.GetHashCode<JsonElement>(left),
            OcppEquality.GetHashCode<JsonElement>([Json("1"), Json("2")])
        );
    }

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1", "2", false)]
    [InlineData("\"a\"", "\"\\u0061\"", true)]
    [InlineData("\"a\"", "\"b\"", false)]
    [InlineData("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("null", "false", false)]
    // Number by number, where one of them can't be compared.
    [InlineData(Huge, Huge, true)]
    [InlineData(Huge, "1e99999999998", false)]
    [InlineData(Huge, "1", false)]
    [InlineData($"[{Huge},1]", $"[{Huge},1.0]", true)]
    [InlineData($"[{Huge},1]", $"[{Huge},2]", false)]
    [InlineData($"[{Huge},1]", $"[{Huge}]", false)]
    [InlineData($"[{Huge}]", $"[{Huge},1]", false)]
    [InlineData($"[{Huge},\"a\",true]", $"[{Huge},\"\\u0061\",true]", true)]
    [InlineData($"[{Huge},\"a\"]", $"[{Huge},\"b\"]", false)]
    [InlineData($"[{Huge},1]", $"[{Huge},\"1\"]", false)]
    [InlineData($"[{Huge},true]", $"[{Huge},false]", false)]
    [InlineData($"{{\"a\":{Huge},\"b\":1}}", $"{{\"b\":1.0,\"a\":{Huge}}}", true)]
    [InlineData($"{{\"a\":{Huge},\"b\":1}}", $"{{\"a\":{Huge},\"b\":2}}", false)]
    [InlineData($"{{\"a\":{Huge},\"b\":1}}", $"{{\"a\":{Huge},\"c\":1}}", false)]
    [InlineData($"{{\"a\":{Huge}}}", $"{{\"a\":{Huge},\"b\":1}}", false)]
    [InlineData($"{{\"a\":{Huge},\"b\":1}}", $"{{\"a\":{Huge}}}", false)]
    public void JSON_is_equal_by_value(string left, string right, bool expected)
    {
        Assert.Equal(expected, OcppEquality.AreEqual((JsonElement?)Json(left), Json(right)));
        Assert.Equal(expected, OcppEquality.AreEqual((JsonElement?)Json(right), Json(left)));
        if (expected)
        {
            Assert.Equal(
                OcppEquality.GetHashCode((JsonElement?)Json(left)),
                OcppEquality.GetHashCode((JsonElement?)Json(right))
            );
        }
    }

    [Fact]
    public void JSON_that_is_absent_is_equal_to_what_is_absent_only()
    {
        Assert.True(OcppEquality.AreEqual((JsonElement?)null, null));
        Assert.True(OcppEquality.AreEqual(default(JsonElement), default(JsonElement)));
        Assert.False(OcppEquality.AreEqual(null, (JsonElement?)Json("null")));
        Assert.False(OcppEquality.AreEqual((JsonElement?)Json("null"), null));
        Assert.False(OcppEquality.AreEqual((JsonElement?)Json("null"), default(JsonElement)));
    }

    [Fact]
    public void Further_properties_are_equal_by_name_and_value_in_any_order()
    {
        Dictionary<string, JsonElement> one = Properties(("a", "1"), ("b", "\"x\""));

        AssertEqual(true, one, one);
        AssertEqual(true, one, Properties(("b", "\"x\""), ("a", "1.0")));
        AssertEqual(true, null, Properties());
        AssertEqual(true, Properties(), null);
        AssertEqual(true, null, null);
        AssertEqual(false, one, Properties(("a", "1")));
        AssertEqual(false, one, Properties(("a", "1"), ("c", "\"x\"")));
        AssertEqual(false, one, Properties(("a", "1"), ("b", "\"y\"")));
        AssertEqual(false, one, null);
        AssertEqual(false, null, one);

        static void AssertEqual(
            bool expected,
            IReadOnlyDictionary<string, JsonElement>? left,
            IReadOnlyDictionary<string, JsonElement>? right
        )
        {
            Assert.Equal(expected, OcppEquality.AreEqual(left, right));
            if (expected)
            {
                Assert.Equal(OcppEquality.GetHashCode(left), OcppEquality.GetHashCode(right));
            }
        }
    }

    [Fact]
    public void The_hash_of_further_properties_tells_their_names_and_count()
    {
        Assert.NotEqual(
            OcppEquality.GetHashCode(Properties(("a", "1"))),
            OcppEquality.GetHashCode(Properties(("b", "1")))
        );
        Assert.NotEqual(
            OcppEquality.GetHashCode(Properties(("a", "1"), ("b", "1"))),
            OcppEquality.GetHashCode(Properties(("a", "1")))
        );
        Assert.NotEqual(
            OcppEquality.GetHashCode(Properties()),
            OcppEquality.GetHashCode(Properties(("a", "1"), ("b", "1")))
        );
    }

    private static JsonElement Json(string json) => JsonElement.Parse(json);

    private static Dictionary<string, JsonElement> Properties(params (string Name, string Json)[] properties) =>
        properties.ToDictionary(property => property.Name, property => Json(property.Json));
}

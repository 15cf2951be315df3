using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ocpp.Rpc;
using Ocpp.Tool.Reference;
using Ocpp.Tool.Schemas;
using Ocpp.Validation;
using Xunit;

namespace Ocpp.Tool.Tests.Reference;

/// <summary>
/// What the pages say of errors is what happens: each place in a table is provoked where the example has room for it.
/// </summary>
public partial class ErrorTableTests
{
    /// <summary>The generator's test schemas stand beside those of OCPP, which do not use every keyword.</summary>
    [Fact]
    public void Each_rule_is_on_a_page_with_the_code_that_it_is_answered_with()
    {
        SchemaFolder everyKeyword = SchemaFolder.Read(CommittedPages.EveryKeyword, TextWriter.Null)!;
        (OcppRule Rule, string Code)[] rows =
        [
            .. CommittedPages
                .All.SelectMany(pages => pages.Files.Select(pages.Read))
                .Concat(ReferencePages.Write(everyKeyword, "Every keyword").Values)
                .SelectMany(page => ErrorRow().Matches(page))
                .Select(row => (Enum.Parse<OcppRule>(row.Groups["rule"].Value), row.Groups["code"].Value))
                .Distinct()
                .Order(),
        ];

        // What is wrong with a signature is no matter of a schema.
        OcppRule[] ofSignatures =
        [
            OcppRule.InvalidSignedMessage,
            OcppRule.SignatureMismatch,
            OcppRule.UnknownSignatureCertificate,
            OcppRule.InvalidSignature,
            OcppRule.UnsignedResponse,
        ];
        Assert.Equal(
            Enum.GetValues<OcppRule>()
                .Except(ofSignatures)
                .Select(rule => (rule, OcppErrorMap.Default[rule].ToWireName())),
            rows
        );
    }

    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    public void What_a_page_names_as_an_error_is_one_of_that_rule_at_that_place(string protocol)
    {
        var pages = CommittedPages.Of(protocol);
        var provoked = new HashSet<OcppRule>();
        int tried = 0;
        int skipped = 0;
        foreach (OcppAction action in pages.Protocol.Actions)
        {
            foreach (Match row in ErrorRow().Matches(pages.Read(action.Name + ".md")))
            {
                var rule = Enum.Parse<OcppRule>(row.Groups["rule"].Value);
                foreach (Match place in Place().Matches(row.Groups["places"].Value))
                {
                    string path = place.Groups["path"].Value;
                    JsonNode payload = JsonNode.Parse(pages.ExamplesOf(action.Name)[0])!;
                    string name = path[(path.LastIndexOf('/') + 1)..];
                    JsonNode? parent = Find(payload, path[..path.LastIndexOf('/')]);
                    if (parent is null || (rule == OcppRule.MaxItems && parent[name] is null))
                    {
                        // The example leaves out the optional object that the field is in, or the items to be repeated.
                        skipped++;
                        continue;
                    }

                    Damage(parent, name, rule, place.Groups["text"].Value);

                    Assert.Null(
                        action.ReadRequest(Encoding.UTF8.GetBytes(payload.ToJsonString()), out OcppViolation violation)
                    );
                    Assert.Equal(
                        (rule, path, row.Groups["code"].Value),
                        (violation.Rule, violation.Path, violation.ErrorCode.ToWireName())
                    );
                    provoked.Add(rule);
                    tried++;
                }
            }
        }

        // The requests of 1.6 have no bounds of numbers and lists, those of 2.x no steps and URIs.
        OcppRule[] own =
            protocol == "ocpp1.6"
                ? [OcppRule.Uri, OcppRule.MultipleOf]
                : [OcppRule.MinItems, OcppRule.MaxItems, OcppRule.Minimum, OcppRule.Maximum];
        OcppRule[] all =
        [
            OcppRule.Required,
            OcppRule.Type,
            OcppRule.DateTime,
            OcppRule.NumberRange,
            OcppRule.Enum,
            OcppRule.MaxLength,
        ];
        Assert.Equal(all.Concat(own).Order(), provoked.Order());
        Assert.InRange(skipped, 0, tried / 3);
    }

    /// <summary>Breaks a rule in one field, or in one item of a list.</summary>
    private static void Damage(JsonNode parent, string name, OcppRule rule, string text)
    {
        if (rule == OcppRule.Required)
        {
            Assert.True(parent.AsObject().Remove(name));
            return;
        }

        JsonNode value = rule switch
        {
            OcppRule.MinItems => new JsonArray(),
            OcppRule.MaxItems => new JsonArray([
                .. Enumerable.Repeat(parent[name]![0]!, NumberIn(text) + 1).Select(item => item.DeepClone()),
            ]),
            OcppRule.Type => text.EndsWith("boolean", StringComparison.Ordinal) ? "text" : true,
            OcppRule.NumberRange => JsonNode.Parse("1e40")!,
            OcppRule.MaxLength => new string('x', NumberIn(text) + 1),
            OcppRule.Minimum => NumberIn(text) - 1,
            OcppRule.Maximum => NumberIn(text) + 1,
            OcppRule.MultipleOf => 0.05m,
            _ => "no such value",
        };
        if (parent is JsonArray list)
        {
            list[int.Parse(name, CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            parent[name] = value;
        }
    }

    private static int NumberIn(string text) => int.Parse(Number().Match(text).Value, CultureInfo.InvariantCulture);

    private static JsonNode? Find(JsonNode payload, string path) =>
        path.Split('/')
            .Skip(1)
            .Aggregate(
                (JsonNode?)payload,
                (node, name) =>
                    node switch
                    {
                        JsonArray list => list[int.Parse(name, CultureInfo.InvariantCulture)],
                        _ => node?[name],
                    }
            );

    [GeneratedRegex(@"^\| `(?<rule>\w+)` \| (?<places>.*) \| (?<code>\w+) \|$", RegexOptions.Multiline)]
    private static partial Regex ErrorRow();

    [GeneratedRegex("`(?<path>/[^`]*)` (?<text>[^;]*)")]
    private static partial Regex Place();

    [GeneratedRegex("-?[0-9]+")]
    private static partial Regex Number();
}

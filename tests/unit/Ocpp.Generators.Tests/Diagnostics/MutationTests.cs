using Microsoft.CodeAnalysis;
using Ocpp.Generators.Tests.Driving;
using Xunit;

namespace Ocpp.Generators.Tests.Diagnostics;

/// <summary>
/// Schemas as they are while someone types: whatever the text, the generator never throws (which the compiler would
/// show as CS8785 only), and what it makes compiles.
/// </summary>
public class MutationTests
{
    private const string Characters = "{}[]\",:\\/#$ \n\t0159-+.eEtfnarux\0\u00E4\u2028\uD800\uFEFF";

    private static readonly string s_schema = OfficialSchemas.TextOf("SignCertificateResponse");

    [Fact]
    public void A_schema_cut_anywhere_gives_exactly_one_diagnostic()
    {
        int end = s_schema.TrimEnd().Length;
        SchemaText file = Schema(s_schema);
        Generation generation = Generation.Of(file);
        Assert.Empty(generation.Diagnostics.Where(diagnostic => diagnostic.Id != "OCPP007"));

        for (int length = 0; length < end; length++)
        {
            SchemaText cut = Schema(s_schema[..length]);
            generation = generation.After(file, cut);
            file = cut;
            Assert.Equal("OCPP001", generation.Diagnostics.Single(diagnostic => diagnostic.Id != "OCPP007").Id);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_schema_with_changed_characters_gives_a_diagnostic_or_code_that_compiles(int seed)
    {
        const int Mutants = 250;
        var random = new Random(seed);
        SchemaText file = Schema(s_schema);
        Generation generation = Generation.Of(file);
        int withDefects = 0;
        var outputs = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Mutants; i++)
        {
            SchemaText mutant = Schema(Mutate(s_schema, random));
            generation = generation.After(file, mutant);
            file = mutant;
            if (generation.Diagnostics.Any(diagnostic => diagnostic.Id != "OCPP007"))
            {
                withDefects++;
            }
            else
            {
                string[] errors = generation
                    .Result.GeneratedSources.SelectMany(source => source.SyntaxTree.GetDiagnostics())
                    .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                    .Select(diagnostic => diagnostic.ToString())
                    .ToArray();
                Assert.True(errors.Length == 0, $"{string.Join('\n', errors)}\n{mutant.GetText()}");
            }
        }

        // Most changes break something; those within a description do not.
        Assert.InRange(withDefects, Mutants / 4, Mutants - 1);
    }

    private static SchemaText Schema(string text) => OfficialSchemas.Make("SignCertificateResponse", text);

    /// <summary>Replaces, removes, inserts or doubles one character.</summary>
    private static string Mutate(string text, Random random)
    {
        int at = random.Next(text.Length);
        string c = Characters[random.Next(Characters.Length)].ToString();
        return random.Next(4) switch
        {
            0 => text.Remove(at, 1).Insert(at, c),
            1 => text.Remove(at, 1),
            2 => text.Insert(at, c),
            _ => text.Insert(at, text[at].ToString()),
        };
    }
}

using Microsoft.CodeAnalysis;
using Ocpp.Generators.Emitting;
using Ocpp.Generators.Tests.Driving;
using Ocpp.Schemas.Model;
using Xunit;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Ocpp.Generators.Tests;

/// <summary>What is run again after an edit: in an editor, this is run at every key press.</summary>
public class IncrementalityTests
{
    private static readonly string[] s_allSteps =
    [
        TrackingNames.Inputs,
        TrackingNames.Parsed,
        TrackingNames.Merged,
        TrackingNames.Sdk,
        TrackingNames.Types,
        TrackingNames.Sources,
        TrackingNames.Sets,
    ];

    private readonly Generation _first = Generation.Of(OfficialSchemas.Ten);

    [Fact]
    public void The_first_run_runs_every_step_once_for_each_of_its_inputs()
    {
        int types = _first.HintNames.Count() - 3;
        var counts = new Dictionary<string, int>
        {
            [TrackingNames.Inputs] = 10,
            [TrackingNames.Parsed] = 10,
            [TrackingNames.Merged] = 1,
            [TrackingNames.Sdk] = 1,
            [TrackingNames.Types] = types,
            [TrackingNames.Sources] = types,
            [TrackingNames.Sets] = 3,
        };

        Assert.Equal(s_allSteps.Order(), counts.Keys.Order());
        Assert.All(counts, step => Assert.Equal(Enumerable.Repeat(New, step.Value), _first.Reasons(step.Key)));
    }

    [Fact]
    public void Nothing_runs_again_when_nothing_was_edited()
    {
        Generation again = _first.Again();

        Assert.All(s_allSteps, step => AssertAll(again.Reasons(step), Cached));
        AssertAll(again.OutputReasons(), Cached);
        Assert.Equal(_first.Sources, again.Sources);
    }

    [Fact]
    public void An_edit_to_CSharp_runs_nothing_but_the_look_at_Ocpp_Sdk()
    {
        Generation edited = _first.After(project => project.WithSource("internal static class Another;"));

        Assert.All(s_allSteps.Except([TrackingNames.Sdk]), step => AssertAll(edited.Reasons(step), Cached));
        AssertAll(edited.Reasons(TrackingNames.Sdk), Unchanged);
        AssertAll(edited.OutputReasons(), Cached);
    }

    [Fact]
    public void An_edit_to_one_schema_parses_one_file_and_writes_the_types_that_changed()
    {
        SchemaText before = OfficialSchemas.Ten.Single(schema =>
            schema.Path.EndsWith("SignCertificateRequest.json", StringComparison.Ordinal)
        );
        SchemaText after = Edit(
            before,
            text => text.Replace("\"maxLength\": 5500", "\"maxLength\": 6000", StringComparison.Ordinal)
        );

        Generation edited = _first.After(before, after);

        AssertOneOf(10, Modified, edited.Reasons(TrackingNames.Inputs));
        AssertOneOf(10, Modified, edited.Reasons(TrackingNames.Parsed));
        Assert.Equal([Modified], edited.Reasons(TrackingNames.Merged));
        Assert.Equal([Cached], edited.Reasons(TrackingNames.Sdk));
        Assert.Equal(
            ["SignCertificateRequest"],
            edited.Changed(TrackingNames.Types).Cast<PlacedType>().Select(type => type.Type.Name)
        );
        Assert.Equal(
            ["Ocpp.V201.SignCertificateRequest.g.cs"],
            edited.Changed(TrackingNames.Sources).Cast<GeneratedSource>().Select(source => source.HintName)
        );
        Assert.Equal(
            ["Ocpp.V201.Ocpp201JsonSchemas.g.cs"],
            edited.Changed(TrackingNames.Sets).Cast<GeneratedSource>().Select(source => source.HintName)
        );
        Assert.Equal(2, edited.OutputReasons().Count(reason => reason is not (Cached or Unchanged)));
        Assert.Equal(
            ["Ocpp.V201.Ocpp201JsonSchemas.g.cs", "Ocpp.V201.SignCertificateRequest.g.cs"],
            edited
                .Sources.Where(source => source.Value != _first.Sources[source.Key])
                .Select(source => source.Key)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_new_type_brings_its_own_file_and_a_new_context()
    {
        SchemaText before = OfficialSchemas.Ten.Single(schema =>
            schema.Path.EndsWith("SignCertificateRequest.json", StringComparison.Ordinal)
        );
        SchemaText after = Edit(
            before,
            text =>
                text.Replace(
                    "\"definitions\": {",
                    "\"definitions\": { \"NewType\": {\"type\": \"object\"},",
                    StringComparison.Ordinal
                )
        );

        Generation edited = _first.After(before, after).Compiles();

        // The step that lists the types compares them by their position, so those behind the new one are looked at
        // again; what is written for them stays.
        Assert.Equal(
            ["Ocpp.V201.NewType.g.cs", "Ocpp.V201.Ocpp201JsonContext.g.cs", "Ocpp.V201.Ocpp201JsonSchemas.g.cs"],
            edited.Sources.Except(_first.Sources).Select(source => source.Key).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["Ocpp.V201.Ocpp201JsonContext.g.cs", "Ocpp.V201.Ocpp201JsonSchemas.g.cs"],
            edited.Changed(TrackingNames.Sets).Cast<GeneratedSource>().Select(source => source.HintName)
        );
    }

    [Fact]
    public void White_space_in_a_schema_writes_nothing_anew()
    {
        SchemaText before = OfficialSchemas.Ten[6];

        Generation edited = _first.After(
            before,
            Edit(before, text => "\n\n" + text.Replace("  ", "\t ", StringComparison.Ordinal))
        );

        AssertOneOf(10, Modified, edited.Reasons(TrackingNames.Parsed));
        AssertAll(edited.Reasons(TrackingNames.Merged), Unchanged);
        Assert.All(
            new[] { TrackingNames.Sdk, TrackingNames.Types, TrackingNames.Sources, TrackingNames.Sets },
            step => AssertAll(edited.Reasons(step), Cached)
        );
        Assert.Equal(_first.Sources, edited.Sources);
        Assert.Empty(edited.Diagnostics);
    }

    [Fact]
    public void A_file_that_is_read_again_with_the_same_text_is_not_parsed_again()
    {
        SchemaText before = OfficialSchemas.Ten[6];

        Generation edited = _first.After(before, Edit(before, text => text));

        AssertOneOf(10, Unchanged, edited.Reasons(TrackingNames.Inputs));
        AssertAll(edited.Reasons(TrackingNames.Parsed), Cached);
        AssertAll(edited.OutputReasons(), Cached);
    }

    [Fact]
    public void A_defect_is_reported_and_mended_while_typing()
    {
        SchemaText before = OfficialSchemas.Ten[6];
        SchemaText broken = Edit(before, text => text[..^3]);

        Generation whileBroken = _first.After(before, broken);
        Generation mended = whileBroken.After(broken, before);

        Assert.Equal(["OCPP001"], whileBroken.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(mended.Diagnostics);
        Assert.Equal(_first.Sources, mended.Sources);
    }

    private static SchemaText Edit(SchemaText schema, Func<string, string> edit)
    {
        string text = schema.GetText()!.ToString();
        return new SchemaText(schema.Path, edit(text)) { Metadata = schema.Metadata };
    }

    private static void AssertAll(
        IEnumerable<IncrementalStepRunReason> reasons,
        params IncrementalStepRunReason[] expected
    )
    {
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.Contains(reason, expected));
    }

    private static void AssertOneOf(
        int count,
        IncrementalStepRunReason expected,
        IEnumerable<IncrementalStepRunReason> reasons
    ) => Assert.Equal(Enumerable.Repeat(Cached, count - 1).Append(expected).Order(), reasons.Order());
}

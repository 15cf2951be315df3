using System.Globalization;
using Microsoft.CodeAnalysis;
using Ocpp.Generators.Tests.Driving;
using Ocpp.Schemas.Model;
using Ocpp.Schemas.Parsing;
using Xunit;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Ocpp.Generators.Tests;

/// <summary>
/// The files of OCPP 1.6 and 2.1 go in as they are published, and give the same as those of this repository.
/// </summary>
public class PublishedVersionTests
{
    private static readonly IReadOnlyList<SchemaText> s_own = OfficialSchemas.All16;
    private static readonly SchemaText[] s_published = Publish(allInPlace: false);
    private static readonly Generation s_generation = Generation.Of(s_published);

    /// <summary>
    /// The names of what the published files of 1.6 declare in place, beside the enumerations of payloads.
    /// </summary>
    private static readonly string[] s_inPlace =
    [
        "AuthorizeResponseIdTagInfo",
        "AuthorizeResponseIdTagInfoStatus",
        "GetCompositeScheduleResponseChargingSchedule",
        "GetCompositeScheduleResponseChargingScheduleChargingRateUnit",
        "GetCompositeScheduleResponseChargingScheduleChargingSchedulePeriodItem",
        "GetConfigurationResponseConfigurationKeyItem",
        "MeterValuesRequestMeterValueItem",
        "MeterValuesRequestMeterValueItemSampledValueItem",
        "MeterValuesRequestMeterValueItemSampledValueItemContext",
        "MeterValuesRequestMeterValueItemSampledValueItemFormat",
        "MeterValuesRequestMeterValueItemSampledValueItemLocation",
        "MeterValuesRequestMeterValueItemSampledValueItemMeasurand",
        "MeterValuesRequestMeterValueItemSampledValueItemPhase",
        "MeterValuesRequestMeterValueItemSampledValueItemUnit",
        "RemoteStartTransactionRequestChargingProfile",
        "RemoteStartTransactionRequestChargingProfileChargingProfileKind",
        "RemoteStartTransactionRequestChargingProfileChargingProfilePurpose",
        "RemoteStartTransactionRequestChargingProfileRecurrencyKind",
        "SendLocalListRequestLocalAuthorizationListItem",
    ];

    /// <summary>Whether the security extension, too, has no definitions.</summary>
    public static TheoryData<bool> Forms => new(false, true);

    [Theory]
    [MemberData(nameof(Forms))]
    public void All_78_published_files_of_OCPP_1_6_generate_without_a_diagnostic(bool allInPlace)
    {
        SchemaText[] published = Publish(allInPlace);

        Generation generation = Generation.Of(published).Compiles();

        Assert.Equal(78, published.Length);
        Assert.Empty(generation.Diagnostics);
    }

    [Fact]
    public void All_181_published_files_of_OCPP_2_1_generate_without_a_diagnostic_and_the_same_code()
    {
        SchemaText[] published = [.. OfficialSchemas.All21.Select(PublishedForm.Of).Select(WithSecretsByName)];

        Generation generation = Generation.Of(published).Compiles();

        Assert.Equal(181, published.Length);
        Assert.Empty(generation.Diagnostics);
        Assert.Equal(
            WithoutComments(
                Generation.Of(OfficialSchemas.All21.Select(PublishedForm.WithoutOwnKeywords).Select(WithSecretsByName))
            ),
            WithoutComments(generation)
        );
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Published_files_of_OCPP_1_6_have_the_messages_fields_and_limits_of_this_repository(bool allInPlace)
    {
        SchemaSet own = Merge(s_own);
        SchemaSet published = Merge(Publish(allInPlace));

        string[] fields = [.. Surface(own)];
        Assert.Equal(39, own.Actions.Count);
        Assert.True(fields.Length > 300, $"{fields.Length} fields");
        Assert.Contains(
            "SetChargingProfileRequest.CsChargingProfiles.ChargingSchedule.ChargingSchedulePeriod[].Limit: required "
                + "Decimal MultipleOf=0.1m",
            fields
        );
        Assert.Equal(
            own.Actions.Select(action => (action.Name, action.Request, action.Response)),
            published.Actions.Select(action => (action.Name, action.Request, action.Response))
        );
        Assert.Equal(fields, Surface(published));
    }

    [Fact]
    public void With_the_names_of_the_specification_given_published_files_give_the_code_of_this_repository()
    {
        SchemaText[] named = [.. s_own.Select(schema => PublishedForm.Of16(schema, true, static name => name))];

        Generation generation = Generation.Of(named).Compiles();

        Assert.Empty(generation.Diagnostics);
        Assert.Equal(
            WithoutComments(Generation.Of(s_own.Select(PublishedForm.WithoutOwnKeywords).Select(WithSecretsByName))),
            WithoutComments(generation)
        );
    }

    [Fact]
    public void Equal_objects_are_one_type_that_the_first_place_names()
    {
        ILookup<bool, TypeModel> types = Merge(s_published)
            .Types.ToLookup(type => type.Action is not null || IsResponse(type.Type), type => type.Type);
        HashSet<string> known =
        [
            .. Merge(s_own).Types.Select(type => type.Type.Name),
            .. types[true].SelectMany(EnumsOf),
        ];

        Assert.Equal(s_inPlace, types[false].Select(type => type.Name).Where(name => !known.Contains(name)));
        Assert.Equal(
            [
                "AuthorizeResponse",
                "SendLocalListRequestLocalAuthorizationListItem",
                "StartTransactionResponse",
                "StopTransactionResponse",
            ],
            types[true]
                .Concat(types[false])
                .OfType<ObjectModel>()
                .Where(type => type.Properties.Any(property => property.Value.TypeName == "AuthorizeResponseIdTagInfo"))
                .Select(type => type.Name)
                .Order(StringComparer.Ordinal)
        );

        static bool IsResponse(TypeModel type) => type.Name.EndsWith("Response", StringComparison.Ordinal);
    }

    [Fact]
    public void Names_do_not_depend_on_the_order_of_the_files()
    {
        for (int seed = 0; seed < 2; seed++)
        {
            SchemaText[] shuffled = [.. s_published];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(s_generation.Sources, Generation.Of(shuffled).Sources);
        }
    }

    [Fact]
    public void A_name_that_is_given_once_holds_for_all_equal_objects()
    {
        SchemaText[] named =
        [
            .. s_own.Select(schema =>
                PublishedForm.Of16(
                    schema,
                    nameOf: name =>
                        (Path.GetFileName(schema.Path), name)
                            is
                                ("StartTransactionResponse.json", "IdTagInfo")
                                or
                                ("SetChargingProfileRequest.json", "ChargingSchedule")
                            ? name
                            : null
                )
            ),
        ];

        SchemaSet set = Merge(named);

        Assert.Equal(Surface(Merge(s_own)), Surface(set));
        Assert.Equal(
            [
                "ChargingSchedule",
                "ChargingScheduleChargingRateUnit",
                "ChargingScheduleChargingSchedulePeriodItem",
                "IdTagInfo",
                "IdTagInfoStatus",
            ],
            set.Types.Select(type => type.Type.Name)
                .Where(name =>
                    name.Contains("IdTagInfo", StringComparison.Ordinal)
                    || name.Contains("ChargingSchedule", StringComparison.Ordinal)
                )
        );
        Assert.Single(set.Types, type => type.Type.Name.EndsWith("ChargingProfile", StringComparison.Ordinal));
    }

    [Fact]
    public void An_edit_to_one_published_file_parses_it_alone_and_writes_the_types_that_changed()
    {
        SchemaText before = s_published.Single(schema =>
            schema.Path.EndsWith("/StopTransaction.json", StringComparison.Ordinal)
        );
        var after = new SchemaText(
            before.Path,
            before.GetText()!.ToString().Replace("\"EVDisconnected\",", "", StringComparison.Ordinal)
        )
        {
            Metadata = before.Metadata,
        };

        Generation edited = s_generation.After(before, after);
        Generation again = edited.Again();

        Assert.Empty(edited.Diagnostics);
        Assert.Equal(77, edited.Reasons(TrackingNames.Parsed).Count(reason => reason == Cached));
        Assert.Equal(
            ["Ocpp.V16.Ocpp16JsonSchemas.g.cs", "Ocpp.V16.StopTransactionRequestReason.g.cs"],
            edited
                .Sources.Where(source => source.Value != s_generation.Sources[source.Key])
                .Select(source => source.Key)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(2, edited.OutputReasons().Count(reason => reason is not (Cached or Unchanged)));
        Assert.All(again.OutputReasons(), reason => Assert.Equal(Cached, reason));
    }

    [Fact]
    public void An_edit_to_one_of_equal_objects_parts_it_from_the_others()
    {
        SchemaText before = s_published.Single(schema =>
            schema.Path.EndsWith("/StartTransactionResponse.json", StringComparison.Ordinal)
        );
        var after = new SchemaText(
            before.Path,
            before.GetText()!.ToString().Replace("\"maxLength\": 20", "\"maxLength\": 36", StringComparison.Ordinal)
        )
        {
            Metadata = before.Metadata,
        };

        Generation edited = s_generation.After(before, after);

        Assert.Empty(edited.Diagnostics);
        Assert.Equal(
            [
                "Ocpp.V16.Ocpp16JsonContext.g.cs",
                "Ocpp.V16.Ocpp16JsonSchemas.g.cs",
                "Ocpp.V16.StartTransactionResponse.g.cs",
                "Ocpp.V16.StartTransactionResponseIdTagInfo.g.cs",
                "Ocpp.V16.StartTransactionResponseIdTagInfoStatus.g.cs",
            ],
            edited.Sources.Except(s_generation.Sources).Select(source => source.Key).Order(StringComparer.Ordinal)
        );
    }

    private static SchemaText[] Publish(bool allInPlace) =>
        [.. s_own.Select(schema => PublishedForm.Of16(schema, allInPlace))];

    private static SchemaText WithSecretsByName(SchemaText schema) =>
        new(schema.Path, schema.GetText())
        {
            Metadata = new Dictionary<string, string>(schema.Metadata)
            {
                ["build_metadata.AdditionalFiles.OcppSecrets"] = "ByName",
            },
        };

    private static Dictionary<string, string> WithoutComments(Generation generation) =>
        generation.Sources.ToDictionary(
            source => source.Key,
            source =>
                string.Join(
                    '\n',
                    source
                        .Value.Split('\n')
                        .Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal))
                )
        );

    private static SchemaSet Merge(IEnumerable<SchemaText> schemas)
    {
        MergedSchemas merged = SchemaMerger.Merge([
            .. schemas.Select(schema =>
                SchemaParser.Parse(
                    SchemaInputReader.Read(schema, SchemaOptions.Instance, CancellationToken.None),
                    CancellationToken.None
                )
            ),
        ]);
        Assert.Empty(merged.Defects);
        return merged.Sets.Single();
    }

    /// <summary>The enumerations that an object's own properties hold.</summary>
    private static IEnumerable<string> EnumsOf(TypeModel type) =>
        type is ObjectModel model
            ? model
                .Properties.Where(property => property.Value.Kind == ValueKind.Enum)
                .Select(property => property.Value.TypeName!)
            : [];

    /// <summary>What each payload holds, down to the last field, without the names of the types on the way.</summary>
    private static IEnumerable<string> Surface(SchemaSet set)
    {
        Dictionary<string, TypeModel> types = set.Types.ToDictionary(type => type.Type.Name, type => type.Type);
        return set
            .Actions.SelectMany(action => new[] { action.Request, action.Response! })
            .SelectMany(payload => Fields(payload, (ObjectModel)types[payload]));

        IEnumerable<string> Fields(string path, ObjectModel model)
        {
            yield return $"{path}: {(model.IsOpen ? "open" : "closed")}";
            foreach (PropertyModel property in model.Properties)
            {
                string field = $"{path}.{property.Name}";
                ValueModel value = property.Value;
                for (; value.Item is { } item; value = item)
                {
                    field += "[]";
                }

                string limits = string.Concat(
                    ConstantModel
                        .Of(property)
                        .Select(constant => $" {constant.Name[property.Name.Length..]}={constant.Value}")
                );
                string values =
                    value.Kind == ValueKind.Enum
                        ? " " + string.Join('|', ((EnumModel)types[value.TypeName!]).Values.Select(v => v.JsonName))
                        : "";
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{field}: {(property.IsRequired ? "required" : "optional")} "
                        + $"{value.Kind}{(value.IsUri ? " uri" : "")}{limits}{values}"
                );
                if (value.Kind == ValueKind.Object)
                {
                    foreach (string inner in Fields(field, (ObjectModel)types[value.TypeName!]))
                    {
                        yield return inner;
                    }
                }
            }
        }
    }
}

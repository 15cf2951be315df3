using NJsonSchema;
using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Diagnostics;
using Ocpp.Schemas.Model;

namespace Ocpp.Schemas.Parsing;

/// <summary>
/// Parses one schema file: own reader and rules first, for defects at their place, then NJsonSchema for the resolved
/// model. Bad input never throws.
/// </summary>
internal static class SchemaParser
{
    public static SchemaFile Parse(SchemaInput input, CancellationToken cancellation)
    {
        string text = input.Text ?? "";
        var lines = new SourceLines(text);
        var defects = new List<Defect>();
        SourcePlace start = Place(default);
        string? sender = null;

        CheckMetadata();
        if (text.Length > SchemaLimits.MaxCharacters)
        {
            Report(DefectKinds.TooLarge, default, "1048576 characters");
            return Result([]);
        }

        if (JsonSyntaxReader.Read(text, out string problem, out SourceSpan at) is not { } syntax)
        {
            Report(DefectKinds.MalformedJson, at, input.Text is null ? "The file can't be read" : problem);
            return Result([]);
        }

        ReportDuplicates(syntax);
        if (syntax is not JsonObjectSyntax root)
        {
            Report(DefectKinds.RootNotObject, syntax.Span);
            return Result([]);
        }

        new SchemaRules(root, Report).Check();
        if (defects.Count > 0)
        {
            return Result([]);
        }

        sender = Sender.Read(root);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            // All references are local by now; the resolver makes sure that nothing is ever fetched.
            JsonSchema schema = JsonSchema
                .FromJsonAsync(
                    text.TrimStart('\uFEFF'),
                    documentPath: null,
                    LocalReferenceResolver.Create,
                    cancellation
                )
                .GetAwaiter()
                .GetResult();
            var types = new SchemaTypes(schema, root, span => Place(span), Report).Build(
                Naming.ToPascalCase(input.Payload)
            );
            return Result(defects.Count > 0 ? [] : types);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What the rules above let through and NJsonSchema refuses is a defect of the schema, never a crash of the
            // build.
            Report(DefectKinds.NotResolved, new SourceSpan(root.Span.Start, 1), $"{e.GetType().Name}: {e.Message}");
            return Result([]);
        }

        SchemaFile Result(IEnumerable<DeclaredType> types) =>
            new(input, start, sender, types.ToEquatableArray(), defects.ToEquatableArray());

        SourcePlace Place(SourceSpan span) =>
            new(input.Path, span, lines.PositionOf(span.Start), lines.PositionOf(span.End));

        void Report(DefectKind kind, SourceSpan span, params string[] arguments) =>
            defects.Add(new Defect(kind, Place(span), arguments));

        void CheckMetadata()
        {
            if (!MetadataForm.IsFileName(input.Name))
            {
                Report(DefectKinds.InvalidFileName, default, input.Name);
            }

            if (input.Namespace.Length == 0)
            {
                Report(DefectKinds.MissingMetadata, default, Path.GetFileName(input.Path), "Namespace");
            }
            else if (!MetadataForm.IsNamespace(input.Namespace))
            {
                Report(DefectKinds.InvalidNamespace, default, input.Namespace);
            }

            if (input.Protocol.Length == 0)
            {
                Report(DefectKinds.MissingMetadata, default, Path.GetFileName(input.Path), "Protocol");
            }
            else if (!MetadataForm.IsProtocol(input.Protocol))
            {
                Report(DefectKinds.InvalidProtocol, default, input.Protocol);
            }

            CheckChoice("RequestFiles", input.RequestFiles, SchemaInput.NamedAsAction);
            CheckChoice("Secrets", input.Secrets, SchemaInput.ByName);
        }

        void CheckChoice(string metadata, string value, string choice)
        {
            if (!MetadataForm.IsChoice(value, choice))
            {
                Report(DefectKinds.InvalidMetadata, default, value, metadata, choice);
            }
        }

        void ReportDuplicates(JsonSyntax value)
        {
            if (value is JsonArraySyntax array)
            {
                array.Items.ToList().ForEach(ReportDuplicates);
            }
            else if (value is JsonObjectSyntax members)
            {
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (JsonMemberSyntax member in members.Members)
                {
                    if (!seen.Add(member.Name))
                    {
                        Report(DefectKinds.DuplicateKey, member.NameSpan, member.Name);
                    }

                    ReportDuplicates(member.Value);
                }
            }
        }
    }
}

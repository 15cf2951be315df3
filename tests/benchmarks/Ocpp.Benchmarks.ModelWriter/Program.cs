using Ocpp.Benchmarks.ModelWriter;
using Ocpp.Schemas.Model;
using Ocpp.Schemas.Parsing;

// For the build of Ocpp.Benchmarks.Models: what one would write by hand for System.Text.Json, for every schema there
// is.
if (args is not [var schemas, var output])
{
    Console.Error.WriteLine("usage: Ocpp.Benchmarks.ModelWriter SCHEMAS OUTPUT");
    return 2;
}

SchemaSet set = SchemaMerger.Merge([.. Directory.GetFiles(schemas, "*.json").Select(Parse)]).Sets.Single();
Directory.CreateDirectory(output);
foreach (ModelForm form in ModelForm.All)
{
    File.WriteAllText(Path.Combine(output, form.Name + ".g.cs"), ModelSource.Of(form, set));
}

File.WriteAllText(Path.Combine(output, "minimal.json"), new SamplePayloads(set, isMinimal: true).ToJson());
File.WriteAllText(Path.Combine(output, "samples.json"), new SamplePayloads(set, isMinimal: false).ToJson());
return 0;

static SchemaFile Parse(string path)
{
    var input = new SchemaInput(
        path,
        Path.GetFileNameWithoutExtension(path),
        File.ReadAllText(path),
        "Ocpp.V201",
        "ocpp2.0.1"
    );
    SchemaFile file = SchemaParser.Parse(input, CancellationToken.None);
    return file.Defects.Count == 0 ? file : throw new InvalidDataException($"{path}: {file.Defects.Count} defects");
}

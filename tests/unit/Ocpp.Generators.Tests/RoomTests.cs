using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Ocpp.Generators.Tests;

/// <summary>
/// The rooms of the generator depend on each other in one direction: parsing makes the model, emitting writes it.
/// </summary>
public class RoomTests
{
    private static readonly string s_generators = typeof(RoomTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Generators")
        .Value!;

    [Theory]
    [InlineData("Ocpp.Schemas/Diagnostics", "Ocpp.Schemas.Model")]
    [InlineData("Ocpp.Schemas/Model", "Ocpp.Schemas.Diagnostics")]
    [InlineData("Ocpp.Schemas/CSharp", "Ocpp.Schemas.Model")]
    [InlineData("Ocpp.Schemas/Parsing", "Ocpp.Schemas.CSharp", "Ocpp.Schemas.Diagnostics", "Ocpp.Schemas.Model")]
    [InlineData("Ocpp.Generators/Emitting", "Ocpp.Schemas.CSharp", "Ocpp.Schemas.Model")]
    [InlineData("Ocpp.Generators/Diagnostics", "Ocpp.Schemas.Diagnostics")]
    public void A_room_uses_only_the_rooms_before_it(string room, params string[] allowed)
    {
        string own = room.Replace('/', '.');
        string[] files = Directory.GetFiles(Path.Combine(s_generators, room), "*.cs", SearchOption.AllDirectories);
        CompilationUnitSyntax[] units =
        [
            .. files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetCompilationUnitRoot()),
        ];

        Assert.NotEmpty(units);
        Assert.All(
            units,
            unit =>
                Assert.Equal(
                    [own],
                    unit.Members.OfType<BaseNamespaceDeclarationSyntax>().Select(space => $"{space.Name}")
                )
        );
        Assert.Empty(units.SelectMany(unit => Named(unit)).Where(name => name != own).Distinct().Except(allowed));
    }

    [Fact]
    public void The_schema_model_references_no_compiler() =>
        Assert.DoesNotContain(
            typeof(Ocpp.Schemas.Model.TypeModel).Assembly.GetReferencedAssemblies(),
            assembly => assembly.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
        );

    /// <summary>The namespaces of this repository that a file names, in a using or within its code.</summary>
    private static IEnumerable<string> Named(CompilationUnitSyntax unit) =>
        unit.DescendantNodes()
            .Where(node => node is QualifiedNameSyntax or MemberAccessExpressionSyntax)
            .Select(node => string.Join('.', node.ToString().Split('.').Take(3)))
            .Where(name =>
                name.StartsWith("Ocpp.Schemas.", StringComparison.Ordinal)
                || name.StartsWith("Ocpp.Generators.", StringComparison.Ordinal)
            );
}

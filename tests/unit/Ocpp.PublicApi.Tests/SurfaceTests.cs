using Ocpp.PublicApi.Tests.Listing;

namespace Ocpp.PublicApi.Tests;

/// <summary>What users of the packages can see changes only where somebody meant it to.</summary>
public sealed class SurfaceTests
{
    private static readonly string s_folder = BuiltPackage.Metadata("ApprovedFolder");

    [Theory]
    [InlineData("Ocpp.Sdk")]
    [InlineData("Ocpp.Sdk.V16", "net8.0")]
    [InlineData("Ocpp.Sdk.V201", "net8.0")]
    [InlineData("Ocpp.Sdk.V21", "net8.0")]
    [InlineData("Ocpp.Sdk.AspNetCore")]
    [InlineData("Ocpp.Sdk.Orleans")]
    [InlineData("Ocpp.Sdk.Certificates")]
    [InlineData("Ocpp.Sdk.Stations")]
    [InlineData("Ocpp.Sdk.Stations.V16")]
    [InlineData("Ocpp.Sdk.Stations.V201")]
    [InlineData("Ocpp.Sdk.Stations.V21")]
    [InlineData("Ocpp.Sdk.Testing")]
    [InlineData("Ocpp.Sdk.Certificates.V16")]
    [InlineData("Ocpp.Sdk.Certificates.V201")]
    [InlineData("Ocpp.Sdk.Certificates.V21")]
    [InlineData("Ocpp.Sdk.Certificates.Sqlite")]
    [InlineData("Ocpp.Sdk.Certificates.PostgreSql")]
    [InlineData("Ocpp.Sdk.Certificates.Hosting")]
    public void What_a_package_shows_is_what_was_approved(string package, string framework = "net10.0")
    {
        IReadOnlyList<string> surface = Surface.Of(BuiltPackage.Load(package, framework));
        var approval = new Approval(Path.Combine(s_folder, package));
        if (Environment.GetEnvironmentVariable(Approval.Variable) == "1")
        {
            approval.Approve(surface);
        }

        Assert.True(approval.Holds(surface, out string difference), difference);
    }

    [Theory]
    [InlineData("Ocpp.Sdk")]
    [InlineData("Ocpp.Sdk.AspNetCore")]
    [InlineData("Ocpp.Sdk.Orleans")]
    [InlineData("Ocpp.Sdk.Certificates")]
    [InlineData("Ocpp.Sdk.Stations")]
    [InlineData("Ocpp.Sdk.Stations.V16")]
    [InlineData("Ocpp.Sdk.Stations.V201")]
    [InlineData("Ocpp.Sdk.Stations.V21")]
    [InlineData("Ocpp.Sdk.Testing")]
    [InlineData("Ocpp.Sdk.Certificates.V16")]
    [InlineData("Ocpp.Sdk.Certificates.V201")]
    [InlineData("Ocpp.Sdk.Certificates.V21")]
    [InlineData("Ocpp.Sdk.Certificates.Sqlite")]
    [InlineData("Ocpp.Sdk.Certificates.PostgreSql")]
    [InlineData("Ocpp.Sdk.Certificates.Hosting")]
    public void A_package_shows_the_same_on_both_frameworks(string package) =>
        Assert.Equal(
            Surface.Of(BuiltPackage.Load(package, "net10.0")),
            Surface.Of(BuiltPackage.Load(package, "net8.0"))
        );
}

namespace Ocpp.PublicApi.Tests;

/// <summary>What guards the surface must notice a change.</summary>
public sealed class ApprovalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("api-");

    private Approval Approval => new(Path.Combine(_folder.FullName, "P"));

    private string Received => Path.Combine(_folder.FullName, "P.received.txt");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_approved_holds_and_a_received_file_goes()
    {
        File.WriteAllText(Received, "left behind");
        Approval.Approve(["A: class", "A.B: int"]);
        Assert.True(Approval.Holds(["A: class", "A.B: int"], out string difference), difference);
        Assert.False(File.Exists(Received));
    }

    [Fact]
    public void A_change_is_named_by_the_lines_that_came_and_went_and_is_written_beside()
    {
        Approval.Approve(["A: class", "A.B: int"]);
        Assert.False(Approval.Holds(["A: class", "A.B: long"], out string difference));
        Assert.Contains("- A.B: int\n+ A.B: long\n", difference, StringComparison.Ordinal);
        Assert.Equal("A: class\nA.B: long\n", File.ReadAllText(Received));
    }

    [Fact]
    public void A_package_that_was_never_approved_does_not_hold()
    {
        Assert.False(Approval.Holds(["A: class"], out string difference));
        Assert.Contains("+ A: class", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_order_does_not_hold()
    {
        Approval.Approve(["A", "B"]);
        Assert.False(Approval.Holds(["B", "A"], out _));
    }
}

namespace Ocpp.Testing.Tests;

/// <summary>Options of a pair that make no sense are refused.</summary>
public sealed class OcppPairOptionsTests
{
    [Fact]
    public void Values_out_of_their_range_are_refused_by_their_names()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Capacity", () => new OcppPairOptions { Capacity = 0 });
        Assert.Throws<ArgumentNullException>("Identity", () => new OcppPairOptions { Identity = null! });
        Assert.Throws<ArgumentNullException>("Station", () => new OcppPairOptions { Station = null! });
        Assert.Throws<ArgumentNullException>("Csms", () => new OcppPairOptions { Csms = null! });
        Assert.Throws<ArgumentNullException>("Connection", () => new OcppPairOptions { Connection = null! });
        Assert.Equal(1, new OcppPairOptions { Capacity = 1 }.Capacity);
    }
}

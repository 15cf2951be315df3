using System.Globalization;

namespace Ocpp.Cluster;

/// <summary>What a node is started with.</summary>
/// <param name="WebPort">Where its stations connect.</param>
/// <param name="SiloPort">Where the other nodes connect.</param>
/// <param name="Redis">Where the nodes find each other.</param>
/// <param name="PostgreSql">The store of signing requests.</param>
/// <param name="Authority">The certificate authority.</param>
/// <param name="ClockOffset">How far its clock is from the right one.</param>
internal sealed record NodeSettings(
    int WebPort,
    int SiloPort,
    string Redis,
    string PostgreSql,
    string Authority,
    TimeSpan ClockOffset
)
{
    public static NodeSettings Parse(ReadOnlySpan<string> args) =>
        new(Number(args[0]), Number(args[1]), args[2], args[3], args[4], TimeSpan.FromSeconds(Number(args[5])));

    public string[] ToArguments() =>
        [Text(WebPort), Text(SiloPort), Redis, PostgreSql, Authority, Text((int)ClockOffset.TotalSeconds)];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

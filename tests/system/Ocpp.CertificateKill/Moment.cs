using System.Globalization;

namespace Ocpp.CertificateKill;

/// <summary>When the CSMS is killed.</summary>
/// <param name="IsStarting">
/// Whether the time counts from its start, before it listens; otherwise from when it listens.
/// </param>
/// <param name="After">How long after.</param>
internal sealed record Moment(bool IsStarting, TimeSpan After)
{
    /// <summary>
    /// The moments take turns: as the stations come back and are sent what waits for them, in the midst of work twice,
    /// and while the CSMS starts.
    /// </summary>
    public static Moment Draw(int kill, Random random) =>
        (kill % 4) switch
        {
            0 => new Moment(true, TimeSpan.FromMilliseconds(random.Next(50, 1000))),
            2 => new Moment(false, TimeSpan.FromMilliseconds(random.Next(50, 1000))),
            _ => new Moment(false, TimeSpan.FromMilliseconds(random.Next(1000, 6000))),
        };

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(IsStarting ? "start" : "ready")} + {After.TotalSeconds:0.00} s"
        );
}

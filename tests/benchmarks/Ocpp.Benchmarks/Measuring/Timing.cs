using Ocpp.Benchmarks.Contenders;

namespace Ocpp.Benchmarks.Measuring;

/// <summary>
/// Times the contenders of a race in turn, a batch each a round. What slows the machine down for a while slows the base
/// too: a ratio compares two times of the same round only.
/// </summary>
internal static class Timing
{
    public static IReadOnlyList<Row> Run(Race race, Settings settings)
    {
        IReadOnlyList<Contender> contenders = race.Contenders;
        int count = contenders.Count;
        int[] times = [.. contenders.Select(contender => Batch.Calibrate(contender.Run, settings.Batch))];
        double[][] rounds = [.. contenders.Select(_ => new double[settings.Rounds])];
        for (int round = 0; round < settings.Rounds; round++)
        {
            for (int turn = 0; turn < count; turn++)
            {
                // Another one begins each round, so that none always runs after the same amount of garbage.
                int index = (round + turn) % count;
                rounds[index][round] = Batch.Time(contenders[index].Run, times[index]);
            }
        }

        double[] baseRounds = rounds[contenders.ToList().FindIndex(contender => contender.Name == race.Base)];
        return
        [
            .. contenders.Select(
                (contender, index) =>
                    new Row(
                        race.Payload,
                        race.Operation,
                        race.Size,
                        contender.Name,
                        Median.Of(rounds[index]),
                        Median.Of(rounds[index].Zip(baseRounds, static (own, theirs) => own / theirs)),
                        Batch.Allocated(contender.Run),
                        rounds[index]
                    )
            ),
        ];
    }
}

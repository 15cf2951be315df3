using Ocpp.Stations.Transactions;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

/// <summary>What a station writes, which wears out its flash memory.</summary>
public sealed class FlashTests
{
    private const int Transactions = 4;
    private const int MinutesEach = 6 * 60;

    /// <summary>Charging around the clock, four quantities a minute, with a connection all the time.</summary>
    [Fact]
    public async Task A_day_of_charging_writes_a_megabyte_and_a_half_at_most_and_flushes_once_an_event()
    {
        await using var bench = new TransactionBench(TransactionPoints.EVConnected, TransactionPoints.EVConnected);
        long room = bench.Queue.Disk.Room;
        int flushes = bench.Queue.Disk.Flushes;
        int events = 0;
        for (int transaction = 0; transaction < Transactions; transaction++)
        {
            bench.Transaction.EvConnected();
            bench.Transaction.Authorize(TransactionBench.IdToken);
            bench.Transaction.EnergyTransferStarted();
            for (int minute = 0; minute < MinutesEach; minute++)
            {
                bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic, [Readings(minute)]);
                await bench.Queue.Queue.WhenEmptyAsync();
            }

            bench.Transaction.EvDisconnected();
            await bench.Queue.Queue.WhenEmptyAsync();
            events += MinutesEach + 4;
        }

        Assert.Equal(events, bench.Queue.ReceiveAll().Count());
        long written = room - bench.Queue.Disk.Room;
        int compactions = bench.Queue.Disk.Flushes - flushes - events;
        Assert.True(
            written is > 500_000 and <= 1_500_000 && compactions is >= 0 and <= 30,
            $"{written} bytes, {compactions} flushes more than the {events} events"
        );
    }

    private static MeterValueType Readings(int minute) =>
        new()
        {
            Timestamp = DateTimeOffset.UnixEpoch.AddMinutes(minute),
            SampledValue =
            [
                Reading(MeasurandEnumType.EnergyActiveImportRegister, 1_234_567 + (minute * 183), "Wh"),
                Reading(MeasurandEnumType.PowerActiveImport, 11_042.5m, "W"),
                Reading(MeasurandEnumType.CurrentImport, 16.1m, "A"),
                Reading(MeasurandEnumType.Voltage, 229.8m, "V"),
            ],
        };

    private static SampledValueType Reading(MeasurandEnumType measurand, decimal value, string unit) =>
        new()
        {
            Value = value,
            Measurand = measurand,
            Context = ReadingContextEnumType.SamplePeriodic,
            UnitOfMeasure = new UnitOfMeasureType { Unit = unit },
        };
}

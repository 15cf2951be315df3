namespace Ocpp.Analyzers;

/// <summary>Constants as decimals, which all numbers of messages are.</summary>
internal static class Number
{
    /// <summary>The number that a constant is; null if it is none that a property takes.</summary>
    public static decimal? Of(object? constant) =>
        constant switch
        {
            int number => number,
            decimal number => number,
            long number => number,
            uint number => number,
            ulong number => number,
            short number => number,
            ushort number => number,
            byte number => number,
            sbyte number => number,
            char number => number,
            _ => null,
        };
}

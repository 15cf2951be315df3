using System.Globalization;

namespace Ocpp.Benchmarks.Reporting;

/// <param name="Text">What is to be reached.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="IsMet">Whether it is enough.</param>
internal sealed record Goal(string Text, string Measured, bool IsMet)
{
    public static Goal AtMost(string text, double limit, double measured) =>
        new($"{text}, at most {Format(limit)}", Format(measured), measured <= limit);

    public static Goal AtLeast(string text, double limit, double measured) =>
        new($"{text}, at least {Format(limit)}", Format(measured), measured >= limit);

    private static string Format(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}

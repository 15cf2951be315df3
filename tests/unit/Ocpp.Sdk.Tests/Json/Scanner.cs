using Ocpp.Json;
using Ocpp.Validation;

namespace Ocpp.Tests.Json;

/// <summary>The scanner under test, over one JSON value.</summary>
internal static class Scanner
{
    /// <summary>Walks the whole input, and tells what is wrong with it.</summary>
    public static OcppViolation? Scan(ReadOnlySpan<byte> json)
    {
        var reader = new OcppJsonReader(json, OcppErrorMap.Default);
        bool isValue = reader.SkipValue();
        bool isAll = reader.End();
        Assert.Equal(isValue && isAll, reader.Log is null);
        return reader.Log?.First;
    }

    /// <summary>Reads a text, and all to the end of the input.</summary>
    public static string? ReadString(
        ReadOnlySpan<byte> json,
        out OcppViolation? violation,
        int maxLength = int.MaxValue
    )
    {
        var reader = new OcppJsonReader(json, OcppErrorMap.Default);
        string? text = reader.ReadString(maxLength);
        reader.End();
        violation = reader.Log?.First;
        return text;
    }

    /// <summary>Reads a text, and leaves what follows it.</summary>
    public static string? ReadStringAt(ReadOnlySpan<byte> json, out int position)
    {
        var reader = new OcppJsonReader(json, OcppErrorMap.Default);
        string? text = reader.ReadString();
        position = reader.Position;
        return text;
    }

    public static int? ReadInt32(
        ReadOnlySpan<byte> json,
        out OcppViolation? violation,
        int minimum = int.MinValue,
        int maximum = int.MaxValue
    )
    {
        var reader = new OcppJsonReader(json, OcppErrorMap.Default);
        int? value = reader.ReadInt32(minimum, maximum);
        reader.End();
        violation = reader.Log?.First;
        return value;
    }

    public static decimal? ReadDecimal(
        ReadOnlySpan<byte> json,
        out OcppViolation? violation,
        decimal minimum = decimal.MinValue,
        decimal maximum = decimal.MaxValue
    )
    {
        var reader = new OcppJsonReader(json, OcppErrorMap.Default);
        decimal? value = reader.ReadDecimal(minimum, maximum);
        reader.End();
        violation = reader.Log?.First;
        return value;
    }
}

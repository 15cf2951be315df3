namespace Ocpp.Benchmarks.Models;

/// <summary>
/// The models have it wherever the messages have it. No measured payload uses it, so its further properties are left out.
/// </summary>
internal sealed class CustomData
{
    public string? VendorId { get; set; }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ocpp.Benchmarks.Contenders;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Benchmarks.Models.Classes;
using Ocpp.Benchmarks.Payloads;
using Ocpp.V201;

namespace Ocpp.Benchmarks.FreshProcesses;

/// <summary>What a process does that has read nothing yet: it prints how long its first reads took.</summary>
internal static class FirstRead
{
    public const string One = "one";
    public const string All = "all";

    private delegate object? PayloadReader(ReadOnlySpan<byte> utf8Json);

    /// <summary>Reads one message, or each, and prints the nanoseconds and the bytes allocated.</summary>
    public static void Run(string contender, string scope)
    {
        // The samples are at hand, and the types are found, before the clock starts.
        Dictionary<string, byte[]> samples = AllSamples.Read();
        string[] messages = scope == One ? ["BootNotificationRequest"] : [.. samples.Keys];
        Type[] types =
        [
            .. messages.Select(name =>
                typeof(ClassesContext).Assembly.GetType(
                    $"{typeof(ClassesContext).Namespace}.{name}",
                    throwOnError: true
                )!
            ),
        ];
        byte[][] payloads = [.. messages.Select(name => samples[name])];

        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = ThreadClock.Nanoseconds;
        for (int i = 0; i < messages.Length; i++)
        {
            object? value =
                contender == ContenderNames.Sdk
                    ? ReadWithSdk(messages[i], payloads[i])
                    : ReadClasses(types[i], payloads[i]);
            if (value is null)
            {
                throw new InvalidOperationException($"{contender} can't read {messages[i]}; nothing is measured.");
            }
        }

        long time = ThreadClock.Nanoseconds - start;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time} {bytes}"));
    }

    private static object? ReadWithSdk(string message, byte[] utf8Json)
    {
        const string Request = nameof(Request);
        const string Response = nameof(Response);
        return message.EndsWith(Request, StringComparison.Ordinal)
            ? Ocpp201Protocol.Instance.FindAction(message[..^Request.Length])!.ReadRequest(utf8Json, out _)
            : Ocpp201Protocol.Instance.FindAction(message[..^Response.Length])!.ReadResponse(utf8Json, out _);
    }

    private static object? ReadClasses(Type type, byte[] utf8Json)
    {
        JsonTypeInfo info = ClassesContext.Default.GetTypeInfo(type)!;
        return JsonSerializer.Deserialize(utf8Json, info);
    }
}

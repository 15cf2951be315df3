// Reads and writes every message of a version, so that none is trimmed away.
var messages = new Messages(args[0]);
EveryMessage.ReadAndWrite(messages);

int actions = EveryMessage.Protocol.Actions.Count;
Console.WriteLine(
    $"{EveryMessage.Protocol.Subprotocol}: {messages.Actions} of {actions} actions, {messages.Payloads} payloads read "
        + $"and written as they were read; failed: {messages.Failures.Count} {string.Join(' ', messages.Failures)}"
);
Console.WriteLine(
    $"The first payload was read in {messages.First.Read.TotalMicroseconds:F0} µs, and written in "
        + $"{messages.First.Write.TotalMicroseconds:F0} µs."
);
return messages.Actions == actions && messages.Failures.Count == 0 ? 0 : 1;

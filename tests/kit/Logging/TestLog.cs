using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ocpp.TestKit;

/// <summary>Keeps each line, of all levels and, as a provider, of all categories.</summary>
internal sealed class TestLog : ILoggerProvider, ILogger
{
    private readonly string _category;

    public TestLog()
        : this("", []) { }

    private TestLog(string category, ConcurrentQueue<LogLine> lines) => (_category, Lines) = (category, lines);

    public ConcurrentQueue<LogLine> Lines { get; }

    /// <summary>The lines of a category as a log shows them.</summary>
    public IEnumerable<string> Of(string category) =>
        Lines.Where(line => line.Category == category).Select(line => line.ToString());

    public ILogger CreateLogger(string categoryName) => new TestLog(categoryName, Lines);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Lines.Enqueue(new LogLine(_category, eventId.Id, logLevel, formatter(state, exception), exception));

    public void Dispose() { }
}

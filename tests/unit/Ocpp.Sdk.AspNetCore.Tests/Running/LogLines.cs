using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>What was logged.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, string Text)> _lines = [];

    public IEnumerable<string> Of(string category) =>
        _lines.Where(line => line.Category == category).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() { }

    private sealed class Category(LogLines lines, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines._lines.Enqueue((name, $"{formatter(state, exception)}{exception}"));
    }
}

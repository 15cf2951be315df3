using System.Globalization;
using System.Text.RegularExpressions;

namespace Ocpp.Architecture.Tests;

/// <summary>Each log event has a number of its own over all packages, and its row in docs/logging.md.</summary>
public sealed partial class EventIdTests
{
    /// <summary>The first number of each package's range; the last is the one before the next range.</summary>
    private static readonly (string Project, int First, int Last)[] s_ranges =
    [
        ("Ocpp.Sdk", 1, 99),
        ("Ocpp.Sdk.AspNetCore", 100, 199),
        ("Ocpp.Sdk.Certificates", 200, 299),
        ("Ocpp.Sdk.Orleans", 300, 399),
        ("Ocpp.Sdk.Stations", 400, 499),
    ];

    private static readonly LogEvent[] s_events = [.. Repository.Projects.Keys.SelectMany(EventsOf)];

    [Fact]
    public void No_number_is_used_twice()
    {
        Assert.NotEmpty(s_events);
        Assert.Equal(s_events.Select(one => one.Id).Distinct().Order(), s_events.Select(one => one.Id).Order());
    }

    [Fact]
    public void Each_number_is_in_the_range_of_its_package() =>
        Assert.All(
            s_events,
            one =>
                Assert.Contains(
                    s_ranges,
                    range => range.Project == one.Project && one.Id >= range.First && one.Id <= range.Last
                )
        );

    [Fact]
    public void The_documentation_lists_each_event_with_its_package_and_level()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "logging.md"));
        IEnumerable<LogEvent> rows = Rows()
            .Matches(page)
            .Select(row => new LogEvent(
                int.Parse(row.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
                row.Groups[2].Value,
                row.Groups[3].Value
            ));
        Assert.Equal(s_events.OrderBy(one => one.Id), rows);
    }

    private static IEnumerable<LogEvent> EventsOf(string project) =>
        from file in Repository.SourceFiles(Path.GetDirectoryName(Repository.Projects[project].File)!)
        from Match match in Attributes().Matches(File.ReadAllText(file))
        select new LogEvent(
            int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            project,
            match.Groups[2].Success ? match.Groups[2].Value : "of the report"
        );

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId = )?(\d+)(?:,\s*LogLevel\.(\w+))?")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"^\| (\d+) \| `([\w.]+)` \| ([\w ]+) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    /// <summary>An event in the log.</summary>
    private sealed record LogEvent(int Id, string Project, string Level);
}

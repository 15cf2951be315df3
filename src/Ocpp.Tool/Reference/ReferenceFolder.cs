using System.Text;

namespace Ocpp.Tool.Reference;

/// <summary>The folder that the pages are in. Other files are left alone.</summary>
internal sealed class ReferenceFolder(string path)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// The files that would be written over although they are not pages of the reference, in ordinal order.
    /// </summary>
    public IReadOnlyList<string> Foreign(IReadOnlyDictionary<string, string> pages) =>
        [.. Existing().Where(file => pages.ContainsKey(file) && !IsPage(file))];

    /// <summary>The files that differ from what they should be, in ordinal order.</summary>
    public IReadOnlyList<(string File, PageState State)> Deviations(IReadOnlyDictionary<string, string> pages)
    {
        string[] existing = [.. Existing()];
        IEnumerable<string> missing = pages.Keys.Except(existing);
        IEnumerable<string> stale = existing.Where(file =>
            pages.TryGetValue(file, out string? text) && !Holds(file, text)
        );
        IEnumerable<string> extra = existing.Where(file => !pages.ContainsKey(file) && IsPage(file));
        return
        [
            .. missing
                .Select(file => (file, PageState.Missing))
                .Concat(stale.Select(file => (file, PageState.Stale)))
                .Concat(extra.Select(file => (file, PageState.Extra)))
                .OrderBy(page => page.file, StringComparer.Ordinal),
        ];
    }

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(path);
        File.WriteAllText(Locate(file), text, s_utf8);
    }

    public void Delete(string file) => File.Delete(Locate(file));

    private IEnumerable<string> Existing() =>
        Directory.Exists(path)
            ? Directory
                .EnumerateFiles(path, "*.md")
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal)
            : [];

    private bool Holds(string file, string text) =>
        File.ReadAllBytes(Locate(file)).AsSpan().SequenceEqual(s_utf8.GetBytes(text));

    private bool IsPage(string file) => File.ReadLines(Locate(file)).FirstOrDefault() == ReferencePages.Notice;

    private string Locate(string file) => Path.Combine(path, file);
}

namespace Ocpp.Schemas.Diagnostics;

/// <summary>The lines of a text, separated by the line breaks that the compiler and editors know.</summary>
internal sealed class SourceLines
{
    private readonly List<int> _starts = [0];

    public SourceLines(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool isBreak = text[i] is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';
            bool isFirstOfTwo = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n';
            if (isBreak && !isFirstOfTwo)
            {
                _starts.Add(i + 1);
            }
        }
    }

    /// <summary>The line and column of an index into the text.</summary>
    public LineAndColumn PositionOf(int index)
    {
        int found = _starts.BinarySearch(index);
        int line = found >= 0 ? found : ~found - 1;
        return new LineAndColumn(line, index - _starts[line]);
    }
}

namespace Ocpp.Fuzz.Finding;

/// <summary>
/// Makes an input that shows something smaller, for as long as it still shows it (delta debugging): first by whole
/// elements, between brackets and commas, then by runs of bytes, down to single ones.
/// </summary>
internal sealed class Minimiser(Func<byte[], bool> shows, int maxProbes = 20_000)
{
    private int _probes;

    /// <summary>An input out of which nothing can be left, unless the probes ran out.</summary>
    public byte[] Minimise(byte[] input)
    {
        byte[] smallest = input;
        while (true)
        {
            byte[] smaller = WithoutBytes(WithoutElements(smallest));
            if (smaller.Length == smallest.Length || _probes >= maxProbes)
            {
                return smaller;
            }

            smallest = smaller;
        }
    }

    private byte[] WithoutElements(byte[] input)
    {
        // The largest first. What was left out moves all that follows it, so the search begins anew.
        bool isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            foreach ((int start, int end) in Elements(input).OrderByDescending(element => element.End - element.Start))
            {
                if (TryWithout(ref input, start, end))
                {
                    isSmaller = true;
                    break;
                }
            }
        }

        return input;
    }

    private byte[] WithoutBytes(byte[] input)
    {
        for (int length = Math.Max(1, input.Length / 2); ; length /= 2)
        {
            for (int start = 0; start < input.Length; )
            {
                if (!TryWithout(ref input, start, Math.Min(input.Length, start + length)))
                {
                    start += length;
                }
            }

            if (length == 1)
            {
                return input;
            }
        }
    }

    private bool TryWithout(ref byte[] input, int start, int end)
    {
        byte[] rest = [.. input.AsSpan(0, start), .. input.AsSpan(end)];
        if (_probes >= maxProbes || end == start)
        {
            return false;
        }

        _probes++;
        if (!shows(rest))
        {
            return false;
        }

        input = rest;
        return true;
    }

    /// <summary>
    /// Properties and items with a comma beside them, and what stands between brackets. The input may be malformed:
    /// brackets without their other half bound nothing.
    /// </summary>
    private static List<(int Start, int End)> Elements(byte[] input)
    {
        var elements = new List<(int, int)>();
        var open = new Stack<(int Open, int Start)>();
        int start = 0;
        bool isText = false;
        for (int i = 0; i < input.Length; i++)
        {
            switch (input[i])
            {
                case (byte)'\\' when isText:
                    i++;
                    break;
                case (byte)'"':
                    isText = !isText;
                    break;
                case (byte)'{' or (byte)'[' when !isText:
                    open.Push((i, start));
                    start = i + 1;
                    break;
                case (byte)',' when !isText:
                    elements.Add((start, i + 1));
                    start = i + 1;
                    break;
                case (byte)'}' or (byte)']' when !isText && open.TryPop(out (int Open, int Start) outer):
                    // The last one: with the comma before it, where there is one.
                    elements.Add((start > outer.Open + 1 ? start - 1 : start, i));
                    elements.Add((outer.Open + 1, i));
                    start = outer.Start;
                    break;
            }
        }

        return elements;
    }
}

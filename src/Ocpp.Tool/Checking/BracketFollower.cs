namespace Ocpp.Tool.Checking;

/// <summary>
/// Follows brackets and quotes to the bracket that ends a frame. Whether the frame is JSON shows when it is read.
/// </summary>
internal struct BracketFollower
{
    private int _depth;

    /// <summary>Whether what was followed ends within a text.</summary>
    public bool IsInText { get; private set; }

    /// <summary>Finds where a frame ends.</summary>
    /// <param name="text">The frame, from its bracket on, and what follows it.</param>
    /// <returns>The frame's length, or -1 if it does not end here.</returns>
    public static int FindEnd(ReadOnlySpan<byte> text) => default(BracketFollower).Follow(text);

    /// <summary>Goes on with more of the frame.</summary>
    /// <returns>The length up to the bracket that ends the frame, with it, or -1 if it does not end here.</returns>
    public int Follow(ReadOnlySpan<byte> text)
    {
        int depth = _depth;
        bool isInText = IsInText;
        int end = -1;
        for (int i = 0; i < text.Length && end < 0; i++)
        {
            if (isInText)
            {
                // Certificates are long texts.
                int length = text[i..].IndexOfAny((byte)'"', (byte)'\\');
                if (length < 0)
                {
                    break;
                }

                i += length;
                isInText = text[i] != '"';
                i += isInText ? 1 : 0;
                continue;
            }

            switch (text[i])
            {
                case (byte)'"':
                    isInText = true;
                    break;
                case (byte)'[' or (byte)'{':
                    depth++;
                    break;
                case (byte)']' or (byte)'}' when --depth == 0:
                    end = i + 1;
                    break;
            }
        }

        (_depth, IsInText) = (depth, isInText);
        return end;
    }
}

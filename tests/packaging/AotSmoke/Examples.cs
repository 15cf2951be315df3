using System.Text;

/// <summary>The examples of the message reference: a page an action, with a line for each frame.</summary>
internal static class Examples
{
    /// <summary>The payload of a frame, which is the first object in it.</summary>
    /// <param name="reference">The folder of the pages.</param>
    /// <param name="action">The action, which is the page's name.</param>
    /// <param name="head">How the frame begins, such as <c>[2,</c> for a CALL.</param>
    public static byte[] Payload(string reference, string action, string head)
    {
        foreach (string line in File.ReadLines(Path.Combine(reference, $"{action}.md")))
        {
            if (line.StartsWith(head, StringComparison.Ordinal))
            {
                return Encoding.UTF8.GetBytes(line[line.IndexOf('{')..^1]);
            }
        }

        throw new InvalidOperationException($"{action} has no frame that begins with {head}.");
    }
}

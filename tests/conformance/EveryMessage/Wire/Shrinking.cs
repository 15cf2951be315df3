namespace Ocpp.EveryMessage.Wire;

/// <summary>Smaller payloads, for a failing one to be reported as small as it can be.</summary>
internal static class Shrinking
{
    public static IEnumerable<WireObject> Shrink(this WireObject value)
    {
        foreach (WireProperty property in value.Properties)
        {
            yield return value.Without(property.Name);
            foreach (WireValue smaller in Shrink(property.Value))
            {
                yield return value.With(property.Name, smaller);
            }
        }
    }

    private static IEnumerable<WireValue> Shrink(WireValue value) =>
        value switch
        {
            WireObject node => Shrink(node),
            WireArray node => Enumerable
                .Range(0, node.Items.Count)
                .Select(index => new WireArray([.. node.Items.Where((_, i) => i != index)]))
                .Concat(
                    node.Items.SelectMany((item, index) => Shrink(item).Select(smaller => node.With(index, smaller)))
                ),
            _ => [],
        };
}

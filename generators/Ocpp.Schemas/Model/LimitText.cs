using System.Globalization;

namespace Ocpp.Schemas.Model;

/// <summary>The limits of values in words, for documentation.</summary>
internal static class LimitText
{
    /// <summary>The limits of a value in words: of a list first its own, then those of its items.</summary>
    public static IEnumerable<string> Of(ValueModel value)
    {
        if (value.Item is { } item)
        {
            if (value.MinItems is { } min)
            {
                yield return value.MaxItems is { } most
                    ? string.Format(CultureInfo.InvariantCulture, "{0} to {1} items", min, most)
                    : string.Format(CultureInfo.InvariantCulture, "at least {0} item{1}", min, min == 1 ? "" : "s");
            }
            else if (value.MaxItems is { } max)
            {
                yield return string.Format(CultureInfo.InvariantCulture, "at most {0} items", max);
            }

            value = item;
        }

        if (value.IsUri)
        {
            yield return "an absolute URI";
        }

        if (value.MaxLength is { } maxLength)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "at most {0} characters", maxLength);
        }

        if (value.Minimum is { } minimum)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "at least {0:0.######}", minimum);
        }

        if (value.Maximum is { } maximum)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "at most {0:0.######}", maximum);
        }

        if (value.MultipleOf is { } multipleOf)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "a multiple of {0:0.##########}", multipleOf);
        }
    }
}

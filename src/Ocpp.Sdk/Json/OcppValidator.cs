using System.ComponentModel;
using System.Text.Json;

namespace Ocpp.Json;

/// <summary>Collects what is wrong with a record. For generated code; everyone else calls <c>Validate()</c> on the record.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct OcppValidator
{
    private const int MaxViolations = 100;

    private List<OcppViolation>? _violations;

    /// <summary>What was found so far.</summary>
    public readonly IReadOnlyList<OcppViolation> Violations => _violations ?? (IReadOnlyList<OcppViolation>)[];

    /// <summary>How many were found so far: where the paths of a nested record's violations begin.</summary>
    public readonly int Mark => _violations?.Count ?? 0;

    /// <summary>Prepends a path segment to all that was found since <paramref name="mark"/>.</summary>
    public readonly void Prepend(int mark, string segment)
    {
        for (int i = mark; i < Mark; i++)
        {
            OcppViolation violation = _violations![i];
            _violations[i] = violation with { Path = $"/{segment}{violation.Path}" };
        }
    }

    /// <summary>Checks that a required property has a value.</summary>
    /// <returns>Whether it has.</returns>
    public bool Required(object? value, string name)
    {
        if (value is null)
        {
            Add(OcppRule.Required, name);
        }

        return value is not null;
    }

    /// <summary>Checks a text's length and that it is Unicode.</summary>
    public void Text(string? value, string name, int maxLength = int.MaxValue)
    {
        if (value is null)
        {
            return;
        }

        if (!CodePoints.IsWellFormed(value))
        {
            Add(OcppRule.InvalidText, name);
        }
        else if (value.Length > maxLength && CodePoints.Count(value) is int count && count > maxLength)
        {
            Add(OcppRule.MaxLength, name, maxLength, count);
        }
    }

    /// <summary>Checks a number's bounds.</summary>
    public void Number(decimal? value, string name, decimal minimum = decimal.MinValue, decimal maximum = decimal.MaxValue)
    {
        if (value < minimum)
        {
            Add(OcppRule.Minimum, name, OcppJsonReader.ToLimit(minimum));
        }
        else if (value > maximum)
        {
            Add(OcppRule.Maximum, name, OcppJsonReader.ToLimit(maximum));
        }
    }

    /// <summary>Checks that an enumeration's value is one of those it declares.</summary>
    public void Name(bool isDeclared, string name)
    {
        if (!isDeclared)
        {
            Add(OcppRule.Enum, name);
        }
    }

    /// <summary>Checks the number of a list's items.</summary>
    public void Count(int count, string name, int minItems = 0, int maxItems = int.MaxValue)
    {
        if (count < minItems)
        {
            Add(OcppRule.MinItems, name, minItems, count);
        }
        else if (count > maxItems)
        {
            Add(OcppRule.MaxItems, name, maxItems, count);
        }
    }

    /// <summary>Checks a JSON value of any type.</summary>
    public void Any(JsonElement? value, string name)
    {
        if (value is { } element && !AnyJson.IsValid(element))
        {
            Add(OcppRule.Type, name);
        }
    }

    /// <summary>Checks further properties.</summary>
    /// <param name="others">The properties by name.</param>
    /// <param name="names">The names that the object has of its own.</param>
    public void Others(IReadOnlyDictionary<string, JsonElement>? others, ReadOnlySpan<string> names)
    {
        foreach ((string name, JsonElement value) in others ?? AnyJson.NoProperties)
        {
            string segment = ViolationLog.Describe(System.Text.Encoding.UTF8.GetBytes(name));
            if (names.Contains(name))
            {
                Add(OcppRule.DuplicateProperty, segment);
            }
            else if (!CodePoints.IsWellFormed(name))
            {
                Add(OcppRule.InvalidText, segment);
            }
            else
            {
                Any(value, segment);
            }
        }
    }

    private void Add(OcppRule rule, string name, long? limit = null, long? actual = null)
    {
        _violations ??= [];
        if (_violations.Count < MaxViolations)
        {
            string segment = ViolationLog.Escape(name);
            _violations.Add(new OcppViolation(OcppErrorMap.Default[rule], rule, $"/{segment}", limit, actual));
        }
    }
}

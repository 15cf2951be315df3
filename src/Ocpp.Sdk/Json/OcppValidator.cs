using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ocpp.Validation;

namespace Ocpp.Json;

/// <summary>
/// Collects the violations of a record. For generated code; applications call <c>Validate()</c> on the record.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct OcppValidator
{
    /// <summary>The maximum number of violations that are listed.</summary>
    internal const int MaxViolations = 100;

    private List<OcppViolation>? _violations;

    /// <summary>The violations found so far.</summary>
    public readonly IReadOnlyList<OcppViolation> Violations => _violations ?? (IReadOnlyList<OcppViolation>)[];

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

    /// <summary>Checks that a string is well-formed Unicode and not too long.</summary>
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

    /// <summary>Checks that a string is an absolute URI, beside what <see cref="Text"/> checks.</summary>
    public void Uri(string? value, string name, int maxLength = int.MaxValue)
    {
        Text(value, name, maxLength);
        if (value is not null && CodePoints.IsWellFormed(value) && !AbsoluteUri.IsValid(value))
        {
            Add(OcppRule.Uri, name);
        }
    }

    /// <summary>Checks a number's bounds.</summary>
    public void Number(
        decimal? value,
        string name,
        decimal minimum = decimal.MinValue,
        decimal maximum = decimal.MaxValue
    )
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

    /// <summary>Checks that a number is a multiple of another, and its bounds.</summary>
    public void Multiple(
        decimal? value,
        string name,
        decimal multipleOf,
        decimal minimum = decimal.MinValue,
        decimal maximum = decimal.MaxValue
    )
    {
        Number(value, name, minimum, maximum);
        if (value % multipleOf is { } rest && rest != 0)
        {
            Add(OcppRule.MultipleOf, name, OcppJsonReader.ToLimit(multipleOf));
        }
    }

    /// <summary>Checks that an enumeration declares the value.</summary>
    public void Enum<TEnum>(TEnum? value, string name)
        where TEnum : struct, Enum
    {
        if (value is { } declared && !System.Enum.IsDefined(declared))
        {
            Add(OcppRule.Enum, name);
        }
    }

    /// <summary>Checks an object within this one.</summary>
    public void Object<T>(T? value, string name)
        where T : class, IOcppPayload<T>
    {
        if (value is not null)
        {
            AddBelow(name, value.Validate());
        }
    }

    /// <summary>Checks a list and each of its items.</summary>
    public void List<T>(
        IReadOnlyList<T>? items,
        string name,
        OcppCheck<T> checkItem,
        int minItems = 0,
        int maxItems = int.MaxValue
    )
    {
        if (items is null)
        {
            return;
        }

        if (items.Count < minItems)
        {
            Add(OcppRule.MinItems, name, minItems, items.Count);
        }
        else if (items.Count > maxItems)
        {
            Add(OcppRule.MaxItems, name, maxItems, items.Count);
        }

        var validator = default(OcppValidator);
        for (int i = 0; i < items.Count; i++)
        {
            checkItem(ref validator, items[i], i.ToString(CultureInfo.InvariantCulture));
        }

        AddBelow(name, validator.Violations);
    }

    /// <summary>Checks a JSON value of any type.</summary>
    public void Any(JsonElement? value, string name)
    {
        if (value is { } element && AnyJson.FindBrokenRule(element, out _) is { } rule)
        {
            Add(rule, name, limit: rule == OcppRule.Depth ? AnyJson.MaxDepth : null);
        }
    }

    /// <summary>Checks further properties.</summary>
    /// <param name="others">The properties by name.</param>
    /// <param name="names">The names that the object has of its own.</param>
    public void Others(IReadOnlyDictionary<string, JsonElement>? others, scoped ReadOnlySpan<string> names)
    {
        foreach ((string name, JsonElement value) in others ?? AnyJson.NoProperties)
        {
            string segment = ViolationLog.Describe(Encoding.UTF8.GetBytes(name));
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

    private void AddBelow(string name, IReadOnlyList<OcppViolation> violations)
    {
        foreach (OcppViolation violation in violations)
        {
            Add(violation with { Path = $"/{ViolationLog.Escape(name)}{violation.Path}" });
        }
    }

    private void Add(OcppRule rule, string name, long? limit = null, long? actual = null) =>
        Add(new OcppViolation(OcppErrorMap.Default[rule], rule, $"/{ViolationLog.Escape(name)}", limit, actual));

    private void Add(OcppViolation violation)
    {
        _violations ??= [];
        if (_violations.Count < MaxViolations)
        {
            _violations.Add(violation);
        }
    }
}

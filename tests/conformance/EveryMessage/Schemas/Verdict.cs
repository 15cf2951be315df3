using Ocpp.Validation;

namespace Ocpp.EveryMessage.Schemas;

/// <param name="IsJson">System.Text.Json takes it.</param>
/// <param name="FitsSchema">NJsonSchema takes it.</param>
/// <param name="Stricter">What this SDK refuses in it beyond that.</param>
internal sealed record Verdict(bool IsJson, bool FitsSchema, IReadOnlySet<Stricter> Stricter)
{
    public bool IsValid => IsJson && FitsSchema && Stricter.Count == 0;

    /// <summary>What this verdict and the SDK's differ in, beyond what is listed.</summary>
    /// <param name="first">The violation that reading stopped at; none when the payload was taken.</param>
    /// <param name="all">All violations that were listed.</param>
    public string? FindDisagreement(OcppViolation? first, IReadOnlyList<OcppViolation> all)
    {
        string found = string.Join(' ', all);
        string stricter = string.Join(' ', Stricter);
        if (first is null != IsValid)
        {
            return first is null
                ? $"It is taken; the judge says {this}, stricter in {stricter}."
                : $"It is refused for {found}; the judge takes it.";
        }

        if (first is not { } violation)
        {
            return all.Count == 0 ? null : $"TryParse finds nothing, Check {found}.";
        }

        if (all.Count == 0 || all[0] != violation)
        {
            return $"TryParse finds {violation}, Check {found}.";
        }

        if (all.Any(listed => listed.ErrorCode != ErrorCodes.For(listed.Rule)))
        {
            return $"A rule has the wrong code: {found}";
        }

        if (FitsSchema && FindReason(violation, all) is null)
        {
            return $"It is refused for {violation}, where the judge knows of {stricter}.";
        }

        // Texts are checked for being Unicode by this SDK alone; where there are such, either verdict may come first.
        // Behind as many violations as are listed, nothing is looked at.
        bool isMalformed = all.Any(listed =>
            listed.Rule is OcppRule.MalformedJson or OcppRule.Depth or OcppRule.InvalidText
        );
        bool isWholeList = all.Count < OcppReadOptions.Strict.MaxViolations;
        return IsJson == isMalformed && isWholeList && !Stricter.Contains(Schemas.Stricter.InvalidText)
            ? $"JSON: {IsJson}, but Check finds {found}."
            : null;
    }

    /// <summary>The listed reason for which a payload that fits its schema was refused.</summary>
    public Stricter? FindReason(OcppViolation first, IReadOnlyList<OcppViolation> all)
    {
        Stricter? reason = first.Rule switch
        {
            OcppRule.DuplicateProperty => Schemas.Stricter.DuplicateProperty,
            OcppRule.InvalidText => Schemas.Stricter.InvalidText,
            OcppRule.NumberRange => Schemas.Stricter.NumberRange,
            OcppRule.DateTime => Schemas.Stricter.DateTimeForm,
            OcppRule.Uri => Schemas.Stricter.UriForm,
            _ => null,
        };
        if (reason is { } given && Stricter.Contains(given))
        {
            return given;
        }

        // The judge sees only the last of two properties of one name; this SDK may find the first wrong in another way
        // too.
        bool isHiddenTwin =
            Stricter.Contains(Schemas.Stricter.DuplicateProperty)
            && all.Any(listed => listed.Rule == OcppRule.DuplicateProperty);
        return isHiddenTwin ? Schemas.Stricter.DuplicateProperty : null;
    }
}

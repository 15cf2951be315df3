namespace Ocpp.EveryMessage.Schemas;

/// <summary>
/// What this SDK refuses though NJsonSchema takes it. There is nothing else, and each has its reason.
/// </summary>
internal enum Stricter
{
    /// <summary>
    /// Readers differ in which of two equal names counts (RFC 8259 section 4): two peers would read two messages.
    /// </summary>
    DuplicateProperty,

    /// <summary>
    /// Half a surrogate pair, or bytes that are no UTF-8: no text that could be stored or passed on (RFC 8259 section
    /// 8).
    /// </summary>
    InvalidText,

    /// <summary>
    /// NJsonSchema asks <see cref="System.Uri"/>, for which a path or the name of a share is absolute too; a URI has a
    /// scheme
    /// (RFC 3986 section 3).
    /// </summary>
    UriForm,

    /// <summary>An integer of OCPP has 32 bits (part 2, section 2.1.4); a decimal must fit .NET's.</summary>
    NumberRange,

    /// <summary>
    /// NJsonSchema also takes what RFC 3339 does not: no offset, no seconds, no time, a space for the T, digits other
    /// than ASCII, months, days, hours and offsets that do not exist; and dates that .NET can't hold have no value to
    /// give.
    /// </summary>
    DateTimeForm,
}

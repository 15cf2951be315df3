using Microsoft.CodeAnalysis;
using Ocpp.Generators.Diagnostics;

namespace Ocpp.Analyzers;

/// <summary>What can be wrong with a constant. Each has a page in docs/diagnostics.</summary>
internal static class Descriptors
{
    private const string Category = "Ocpp.Values";

    public static readonly DiagnosticDescriptor TextTooLong = new(
        "OCPP101",
        "The text is too long",
        "{0} has at most {1} characters, the text has {2}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of("OCPP101")
    );

    public static readonly DiagnosticDescriptor NumberOutOfBounds = new(
        "OCPP102",
        "The number is out of bounds",
        "{0} is {1} {2}, the number is {3}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of("OCPP102")
    );

    public static readonly DiagnosticDescriptor WrongCount = new(
        "OCPP103",
        "The list has too few or too many items",
        "{0} has {1} {2}, the list has {3}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of("OCPP103")
    );

    public static readonly DiagnosticDescriptor NotMultiple = new(
        "OCPP104",
        "The number is not a multiple",
        "{0} is a multiple of {1}, the number is {2}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Of("OCPP104")
    );
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Ocpp.Analyzers;

/// <summary>
/// Compares the constants that code assigns to properties of messages with the limits of the schema, which are
/// constants beside the property: in object initializers, in <c>with</c> expressions and in lists within them. What is
/// not constant is left to <c>Validate()</c>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstantAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [Descriptors.TextTooLong, Descriptors.NumberOutOfBounds, Descriptors.WrongCount, Descriptors.NotMultiple];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Ocpp.IOcppPayload`1") is not { } payload)
            {
                return;
            }

            var limits = new ConcurrentDictionary<IPropertySymbol, ValueLimits?>(SymbolEqualityComparer.Default);
            Func<IPropertySymbol, ValueLimits?> find = property =>
                IsPayload(property.ContainingType, payload) ? ValueLimits.Of(property) : null;
            start.RegisterOperationAction(
                context => Analyze((ISimpleAssignmentOperation)context.Operation, context, limits, find),
                OperationKind.SimpleAssignment
            );
        });
    }

    private static void Analyze(
        ISimpleAssignmentOperation assignment,
        OperationAnalysisContext context,
        ConcurrentDictionary<IPropertySymbol, ValueLimits?> limits,
        Func<IPropertySymbol, ValueLimits?> find
    )
    {
        // Of all other code, nothing but this is looked at: payloads are records.
        if (
            assignment.Target is IPropertyReferenceOperation { Property: { ContainingType.IsRecord: true } property }
            && limits.GetOrAdd(property, find) is { } found
        )
        {
            Check(assignment.Value, property, found, context);
        }
    }

    private static bool IsPayload(INamedTypeSymbol type, INamedTypeSymbol payload)
    {
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, payload))
            {
                return true;
            }
        }

        return false;
    }

    private static void Check(
        IOperation value,
        IPropertySymbol property,
        ValueLimits limits,
        OperationAnalysisContext context
    )
    {
        // The constant of a cast is the result of the cast; only without one, what is converted is looked at.
        while (
            !value.ConstantValue.HasValue
            && value is IConversionOperation { OperatorMethod: null, Operand: { } operand }
        )
        {
            value = operand;
        }

        switch (value)
        {
            case { ConstantValue: { HasValue: true, Value: string text } }:
                CheckText(text, value, property, limits, context);
                break;

            case { ConstantValue: { HasValue: true, Value: { } constant } } when Number.Of(constant) is { } number:
                CheckNumber(number, value, property, limits, context);
                break;

            case IConditionalOperation conditional:
                Check(conditional.WhenTrue, property, limits, context);
                if (conditional.WhenFalse is { } whenFalse)
                {
                    Check(whenFalse, property, limits, context);
                }

                break;

            case ICoalesceOperation coalesce:
                Check(coalesce.Value, property, limits, context);
                Check(coalesce.WhenNull, property, limits, context);
                break;

            case ISwitchExpressionOperation choice:
                foreach (ISwitchExpressionArmOperation arm in choice.Arms)
                {
                    Check(arm.Value, property, limits, context);
                }

                break;

            default:
                CheckList(value, property, limits, context);
                break;
        }
    }

    private static void CheckText(
        string text,
        IOperation value,
        IPropertySymbol property,
        ValueLimits limits,
        OperationAnalysisContext context
    )
    {
        if (limits.MaxLength is not { } maxLength || text.Length <= maxLength)
        {
            return;
        }

        // Characters are Unicode code points, as the validation counts them.
        int length = text.Length;
        for (int i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                length--;
            }
        }

        if (length > maxLength)
        {
            Report(Descriptors.TextTooLong, value, property, context, Format(maxLength), Format(length));
        }
    }

    private static void CheckNumber(
        decimal number,
        IOperation value,
        IPropertySymbol property,
        ValueLimits limits,
        OperationAnalysisContext context
    )
    {
        if (number < limits.Minimum)
        {
            Report(
                Descriptors.NumberOutOfBounds,
                value,
                property,
                context,
                "at least",
                Format(limits.Minimum.Value),
                Format(number)
            );
        }
        else if (number > limits.Maximum)
        {
            Report(
                Descriptors.NumberOutOfBounds,
                value,
                property,
                context,
                "at most",
                Format(limits.Maximum.Value),
                Format(number)
            );
        }
        else if (limits.MultipleOf is { } multipleOf && multipleOf > 0 && number % multipleOf != 0)
        {
            Report(Descriptors.NotMultiple, value, property, context, Format(multipleOf), Format(number));
        }
    }

    private static void CheckList(
        IOperation value,
        IPropertySymbol property,
        ValueLimits limits,
        OperationAnalysisContext context
    )
    {
        if ((limits.MinItems ?? limits.MaxItems) is null && limits.Item is null)
        {
            return;
        }

        if (ListItems.Of(value) is not { } list)
        {
            return;
        }

        if (list.IsWhole && list.Count < limits.MinItems)
        {
            Report(
                Descriptors.WrongCount,
                value,
                property,
                context,
                "at least",
                Items(limits.MinItems.Value),
                Format(list.Count)
            );
        }
        else if (list.Count > limits.MaxItems)
        {
            Report(
                Descriptors.WrongCount,
                value,
                property,
                context,
                "at most",
                Items(limits.MaxItems.Value),
                list.IsWhole ? Format(list.Count) : "more"
            );
        }

        if (limits.Item is { } ofItem)
        {
            foreach (IOperation item in list.Items)
            {
                Check(item, property, ofItem, context);
            }
        }
    }

    private static void Report(
        DiagnosticDescriptor descriptor,
        IOperation value,
        IPropertySymbol property,
        OperationAnalysisContext context,
        params string[] numbers
    ) =>
        context.ReportDiagnostic(
            Diagnostic.Create(
                descriptor,
                value.Syntax.GetLocation(),
                [$"{property.ContainingType.Name}.{property.Name}", .. numbers]
            )
        );

    private static string Items(int count) => count == 1 ? "1 item" : Format(count) + " items";

    private static string Format(decimal number) =>
        number.ToString("0.#############################", CultureInfo.InvariantCulture);
}

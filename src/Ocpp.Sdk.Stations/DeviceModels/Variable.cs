using System.Diagnostics.CodeAnalysis;

namespace Ocpp.Stations.DeviceModels;

/// <summary>
/// A variable of a station with values of a type. <see cref="DeviceComponent"/> makes it. Thread-safe.
/// </summary>
/// <typeparam name="T">The type of its values.</typeparam>
public sealed class Variable<T> : DeviceVariable
    where T : notnull
{
    private readonly object _gate = new();
    private readonly VariableFormat<T> _format;

    /// <summary>The values in use, by attribute, and those that messages have.</summary>
    private readonly Slot[] _slots = new Slot[Enum.GetValues<AttributeType>().Length];
    private Func<T>? _read;
    private Func<T, bool>? _accepts;

    internal Variable(
        DeviceModel model,
        ComponentId component,
        VariableId id,
        VariableFormat<T> format,
        T value,
        VariableOptions options
    )
        : base(model, component, id, format.DataType, format.Choices, options)
    {
        _format = format;
        _slots[(int)AttributeType.Actual] = SlotOf(value);
    }

    /// <summary>
    /// Is called with the value after it has changed, by the CSMS or the application. Must not block. What it throws is
    /// logged.
    /// </summary>
    public event Action<T>? Changed;

    /// <summary>
    /// The actual value in use. If a function was given to <see cref="ReadFrom"/>, its result. What the application
    /// sets is not held to the limits, which are for the CSMS.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The value is longer than 2500 characters, or not one of the list.
    /// </exception>
    /// <exception cref="IOException">The value could not be saved. The value before it stays.</exception>
    public T Value
    {
        get => TryGet(AttributeType.Actual, out T? value) ? value : default!;
        set => Set(AttributeType.Actual, value);
    }

    /// <summary>Gets the value of an attribute that is in use.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether it has one.</returns>
    public bool TryGet(AttributeType attribute, [MaybeNullWhen(false)] out T value)
    {
        Func<T>? read;
        Slot slot;
        lock (_gate)
        {
            slot = _slots[(int)attribute];
            read = attribute == AttributeType.Actual ? _read : null;
        }

        if (read is not null && TryRead(read, out value))
        {
            return true;
        }

        value = slot.Value;
        return slot.Text is not null;
    }

    /// <summary>Sets an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">
    /// The variable has no such attribute, or the value is longer than 2500 characters or not one of the list.
    /// </exception>
    /// <exception cref="IOException">The value could not be saved. The value before it stays.</exception>
    public void Set(AttributeType attribute, T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (MutabilityOf(attribute) is null)
        {
            throw new ArgumentException("The variable has no such attribute.", nameof(attribute));
        }

        Slot slot = SlotOf(value);
        Model.Change(this, attribute, () => Put(attribute, slot, isInUse: true));
    }

    /// <summary>
    /// Reads the actual value from a function whenever someone asks for it, such as one that asks the hardware. What
    /// the CSMS sets reaches the hardware through <see cref="Changed"/> or <see cref="Apply"/>.
    /// </summary>
    /// <param name="read">
    /// Returns the value. Must not block. If it throws, that is logged, and the value that was set last is used.
    /// </param>
    /// <returns>The same variable.</returns>
    public Variable<T> ReadFrom(Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        lock (_gate)
        {
            _read = read;
        }

        return this;
    }

    /// <summary>Calls an action with the value now, and whenever it has changed.</summary>
    /// <param name="apply">Must not block. What it throws later on is logged.</param>
    /// <returns>The same variable.</returns>
    public Variable<T> Apply(Action<T> apply)
    {
        ArgumentNullException.ThrowIfNull(apply);
        Changed += apply;
        apply(InUse);
        return this;
    }

    /// <summary>Decides on each value that the CSMS sets, in addition to type and limits.</summary>
    /// <param name="accepts">
    /// Returns whether the value may be set; otherwise it is rejected with <see cref="ReasonCodes.InvalidValue"/>. Must
    /// not block, nor set variables.
    /// </param>
    /// <returns>The same variable.</returns>
    public Variable<T> Accept(Func<T, bool> accepts)
    {
        ArgumentNullException.ThrowIfNull(accepts);
        lock (_gate)
        {
            _accepts = accepts;
        }

        return this;
    }

    /// <inheritdoc/>
    public override string? GetText(AttributeType attribute)
    {
        Func<T>? read;
        string? text;
        lock (_gate)
        {
            text = _slots[(int)attribute].Text;
            read = attribute == AttributeType.Actual ? _read : null;
        }

        if (read is not null && TryRead(read, out T? value))
        {
            text = _format.Format(value);
        }

        return text is { Length: > MaxValueLength } ? text[..MaxValueLength] : text;
    }

    /// <inheritdoc/>
    internal override VariableAssignment Assign(AttributeType attribute, string text, bool isStart)
    {
        if (!_format.Parse(text, out T? value))
        {
            return Rejected(ReasonCodes.InvalidValue, "The value is not of the type of the variable.");
        }

        if (LimitBroken(attribute, value, text) is { } rejection)
        {
            return new VariableAssignment(rejection, "", false, false, null);
        }

        Func<T, bool>? accepts;
        lock (_gate)
        {
            accepts = _accepts;
        }

        return !isStart && accepts?.Invoke(value) == false
            ? Rejected(ReasonCodes.InvalidValue, "The station does not accept the value.")
            : Put(attribute, SlotOf(value), isStart || !Options.RequiresReboot);
    }

    /// <inheritdoc/>
    internal override void RaiseChanged()
    {
        if (Changed is { } changed)
        {
            Model.Invoke(() => changed(InUse));
        }
    }

    /// <summary>The value that was set last and is in use, whatever <see cref="ReadFrom"/> returns.</summary>
    private T InUse
    {
        get
        {
            lock (_gate)
            {
                return _slots[(int)AttributeType.Actual].Value;
            }
        }
    }

    private static VariableAssignment Rejected(string reasonCode, string detail) =>
        new(new VariableRejection(reasonCode, detail), "", false, false, null);

    private VariableAssignment Put(AttributeType attribute, Slot slot, bool isInUse)
    {
        bool isChanged = GetText(attribute) != slot.Text;
        lock (_gate)
        {
            Slot old = _slots[(int)attribute];
            isChanged |= old.Text != slot.Text;
            _slots[(int)attribute] = isInUse ? slot : old with { Text = slot.Text };
            return new VariableAssignment(null, slot.Text!, isChanged, isInUse, () => PutBack(attribute, old));
        }
    }

    private void PutBack(AttributeType attribute, Slot old)
    {
        lock (_gate)
        {
            _slots[(int)attribute] = old;
        }
    }

    private VariableRejection? LimitBroken(AttributeType attribute, T value, string text)
    {
        decimal size = _format.Number?.Invoke(value) ?? text.Length;
        decimal? min = Options.MinLimit;
        decimal? max = Options.MaxLimit;
        if (_format.Number is { } number && attribute is AttributeType.Actual or AttributeType.Target)
        {
            min = TryGet(AttributeType.MinSet, out T? minSet) ? Math.Max(number(minSet), min ?? decimal.MinValue) : min;
            max = TryGet(AttributeType.MaxSet, out T? maxSet) ? Math.Min(number(maxSet), max ?? decimal.MaxValue) : max;
        }

        return size < min ? new VariableRejection(ReasonCodes.ValueTooLow, "The value is less than the limit.")
            : size <= (max ?? size) ? null
            : _format.Number is null
                ? new VariableRejection(ReasonCodes.TooLargeElement, "The value is longer than the limit.")
            : new VariableRejection(ReasonCodes.ValueTooHigh, "The value is greater than the limit.");
    }

    private bool TryRead(Func<T> read, [MaybeNullWhen(false)] out T value)
    {
        T? found = default;
        bool isRead = Model.Invoke(() => found = read());
        value = found;
        return isRead && found is not null;
    }

    /// <exception cref="ArgumentException">The value is too long, or not one of the list.</exception>
    private Slot SlotOf(T value)
    {
        string text = _format.Format(value);
        return text.Length <= MaxValueLength && (_format.Choices.Count == 0 || _format.Parse(text, out _))
            ? new Slot(value, text)
            : throw new ArgumentException("The value is too long, or not one of the list.", nameof(value));
    }

    /// <param name="Value">The value in use.</param>
    /// <param name="Text">The value that messages have; <see langword="null"/> if there is none.</param>
    private readonly record struct Slot(T Value, string? Text);
}

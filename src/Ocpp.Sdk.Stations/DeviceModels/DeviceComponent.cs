namespace Ocpp.Stations.DeviceModels;

/// <summary>
/// A component of a station, to which variables are added. <see cref="DeviceModel.Component"/> returns it.
/// </summary>
/// <remarks>
/// Each variable begins with the value that was set before the last restart, if there is one in the file and it fits;
/// otherwise with the value that it is added with. A variable that the component has already is an
/// <see cref="ArgumentException"/>.
/// </remarks>
public sealed class DeviceComponent
{
    private readonly DeviceModel _model;

    internal DeviceComponent(DeviceModel model, ComponentId id)
    {
        _model = model;
        Id = id;
    }

    /// <summary>Identifies the component.</summary>
    public ComponentId Id { get; }

    /// <summary>Adds a variable that is a whole number.</summary>
    /// <param name="name">The name of the variable, of at most 50 characters.</param>
    /// <param name="value">The value that it begins with.</param>
    /// <param name="options">What it is like. Defaults to <see cref="VariableOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">
    /// The component has the variable already, or a name or the value is invalid.
    /// </exception>
    public Variable<int> AddInteger(string name, int value, VariableOptions? options = null) =>
        Add(name, VariableFormats.Integer, value, options);

    /// <summary>Adds a variable that is a number with decimal places.</summary>
    /// <inheritdoc cref="AddInteger"/>
    public Variable<decimal> AddDecimal(string name, decimal value, VariableOptions? options = null) =>
        Add(name, VariableFormats.Decimal, value, options);

    /// <summary>Adds a variable that is true or false.</summary>
    /// <inheritdoc cref="AddInteger"/>
    public Variable<bool> AddBoolean(string name, bool value, VariableOptions? options = null) =>
        Add(name, VariableFormats.Boolean, value, options);

    /// <summary>Adds a variable that is a date and time.</summary>
    /// <inheritdoc cref="AddInteger"/>
    public Variable<DateTimeOffset> AddDateTime(string name, DateTimeOffset value, VariableOptions? options = null) =>
        Add(name, VariableFormats.DateTime, value, options);

    /// <summary>Adds a variable that is any text.</summary>
    /// <inheritdoc cref="AddInteger"/>
    public Variable<string> AddText(string name, string value, VariableOptions? options = null) =>
        Add(name, VariableFormats.Text, value, options);

    /// <summary>Adds a variable that is one of a list of values.</summary>
    /// <param name="name">The name of the variable, of at most 50 characters.</param>
    /// <param name="choices">The values, without commas, of at most 1000 characters together.</param>
    /// <param name="value">The value that it begins with.</param>
    /// <param name="options">What it is like. Defaults to <see cref="VariableOptions.Default"/>.</param>
    /// <inheritdoc cref="AddInteger" path="/exception"/>
    public Variable<string> AddOption(
        string name,
        IReadOnlyList<string> choices,
        string value,
        VariableOptions? options = null
    ) => Add(name, VariableFormats.Option(choices), value, options);

    /// <summary>Adds a variable that is some of a list of values, in order.</summary>
    /// <inheritdoc cref="AddOption"/>
    public Variable<IReadOnlyList<string>> AddSequence(
        string name,
        IReadOnlyList<string> choices,
        IReadOnlyList<string> value,
        VariableOptions? options = null
    ) => Add(name, VariableFormats.Sequence(choices), value, options);

    /// <summary>Adds a variable that is some of a list of values, in no particular order.</summary>
    /// <inheritdoc cref="AddOption"/>
    public Variable<IReadOnlyList<string>> AddMembers(
        string name,
        IReadOnlyList<string> choices,
        IReadOnlyList<string> value,
        VariableOptions? options = null
    ) => Add(name, VariableFormats.Members(choices), value, options);

    private Variable<T> Add<T>(string name, VariableFormat<T> format, T value, VariableOptions? options)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(value);
        options ??= VariableOptions.Default;
        var id = new VariableId(name) { Instance = options.Instance };
        var variable = new Variable<T>(_model, Id, id, format, value, options);
        _model.Add(variable);
        return variable;
    }
}

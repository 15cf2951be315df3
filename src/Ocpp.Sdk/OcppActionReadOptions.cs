namespace Ocpp;

/// <summary>
/// How strictly the payloads of single actions are read:
/// <c>OcppActionReadOptions.None.For&lt;SignCertificateRequest&gt;(options)</c>. Immutable; <c>For</c> returns a
/// changed copy.
/// </summary>
public sealed class OcppActionReadOptions
{
    private readonly Dictionary<string, OcppReadOptions> _options;

    private OcppActionReadOptions(Dictionary<string, OcppReadOptions> options) => _options = options;

    /// <summary>No action has options of its own.</summary>
    public static OcppActionReadOptions None { get; } = new([]);

    /// <summary>Sets the options for an action: for its requests, and for the responses to them.</summary>
    /// <typeparam name="TRequest">The request, or the message that is sent one way.</typeparam>
    /// <param name="options">How strictly the payloads are read.</param>
    public OcppActionReadOptions For<TRequest>(OcppReadOptions options)
        where TRequest : class, IOcppAction<TRequest> => For(TRequest.ActionName, options);

    /// <summary>Sets the options for an action that is known only at run time.</summary>
    /// <param name="action">The action's name on the wire. Case-sensitive.</param>
    /// <param name="options">How strictly the payloads are read.</param>
    public OcppActionReadOptions For(string action, OcppReadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(action);
        ArgumentNullException.ThrowIfNull(options);
        return new OcppActionReadOptions(new Dictionary<string, OcppReadOptions>(_options) { [action] = options });
    }

    /// <summary>Finds the options of an action.</summary>
    /// <returns><see langword="null"/> if the action has no options of its own.</returns>
    public OcppReadOptions? Find(string action) => _options.GetValueOrDefault(action);
}

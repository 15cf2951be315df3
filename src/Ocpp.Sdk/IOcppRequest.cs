namespace Ocpp;

/// <summary>A request, with the action that names it on the wire and the type of its response.</summary>
/// <typeparam name="TSelf">The request itself.</typeparam>
/// <typeparam name="TResponse">The response that answers it.</typeparam>
public interface IOcppRequest<TSelf, TResponse> : IOcppAction<TSelf>
    where TSelf : class, IOcppRequest<TSelf, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    /// <summary>
    /// The action of a CALL that carries this request, such as <c>SignCertificate</c>. Case-sensitive.
    /// </summary>
    static abstract string Action { get; }

    static string IOcppAction<TSelf>.ActionName => TSelf.Action;
}

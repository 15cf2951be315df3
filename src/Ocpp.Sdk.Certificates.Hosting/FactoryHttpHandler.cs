namespace Ocpp.Certificates.Hosting;

/// <summary>
/// Sends with the current handler of a factory, which replaces its handlers from time to time so that changes of DNS
/// are seen.
/// </summary>
internal sealed class FactoryHttpHandler(IHttpMessageHandlerFactory factory, string name) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpMessageInvoker(factory.CreateHandler(name), disposeHandler: false);
        return await http.SendAsync(request, cancellationToken);
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore;
using Ocpp.Certificates.Ocsp;

namespace Ocpp.Certificates.Hosting.Tests;

/// <summary>OCSP as a service of a CSMS, over HTTP.</summary>
public sealed class OcspClientExtensionsTests : IDisposable
{
    private readonly TestAuthority _authority = new("Test Root CA");

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_redirect_of_a_responder_is_not_followed()
    {
        bool followed = false;
        string? type = null;
        await using CsmsHost server = CsmsHost.Create(app: app =>
        {
            app.MapPost(
                "/ocsp",
                (HttpContext context) =>
                {
                    type = context.Request.ContentType;
                    context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                    context.Response.Headers.Location = "/inside";
                }
            );
            app.MapPost("/inside", () => followed = true);
        });
        await server.StartAsync();
        string url = server.App.Urls.First() + "/ocsp";
        await using ServiceProvider services = Services(url);
        OcspClient client = services.GetRequiredService<OcspClient>();

        OcspResult result = await client.CheckAsync(new OcspQuery(CertificateHash.OfRoot(_authority.Certificate), url));

        Assert.Equal("HttpStatus: The responder answered with HTTP status 307.", result.ToString());
        Assert.Equal("application/ocsp-request", type);
        Assert.False(followed);
        Assert.Same(client, services.GetRequiredService<OcspClient>());
    }

    [Fact]
    public async Task A_handler_of_the_application_can_be_added_to_the_client_of_the_factory()
    {
        await using ServiceProvider services = Services(
            "http://ocsp.example.com/",
            collection => collection.AddHttpClient(OcspClientExtensions.HttpClient).AddHttpMessageHandler<Unavailable>()
        );

        OcspResult result = await services
            .GetRequiredService<OcspClient>()
            .CheckAsync(new OcspQuery(CertificateHash.OfRoot(_authority.Certificate), "http://ocsp.example.com/"));

        Assert.Equal("HttpStatus: The responder answered with HTTP status 503.", result.ToString());
    }

    private ServiceProvider Services(string url, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddTransient<Unavailable>();
        new OcppBuilder(services).AddOcspClient(
            new OcspClientOptions { Responders = [new Uri(url)], TrustedRoots = [_authority.Certificate] }
        );
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private sealed class Unavailable : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
    }
}

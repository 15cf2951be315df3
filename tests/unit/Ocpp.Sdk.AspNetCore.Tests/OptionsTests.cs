using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ocpp.AspNetCore.Tests;

/// <summary>Options out of their range stop the application from starting, by their names.</summary>
public sealed class OptionsTests
{
    public static TheoryData<string, Action<OcppOptions>> OutOfRange =>
        new()
        {
            { "OcppOptions.Session must be a value.", options => options.Session = null! },
            {
                "OcppOptions.KeepAliveInterval must be zero or a positive time of at most 49 days.",
                options => options.KeepAliveInterval = TimeSpan.FromTicks(-1)
            },
            {
                "OcppOptions.KeepAliveInterval must be zero or a positive time of at most 49 days.",
                options => options.KeepAliveInterval = TimeSpan.FromDays(50)
            },
            {
                "OcppOptions.KeepAliveTimeout must be a positive time of at most 49 days.",
                options => options.KeepAliveTimeout = TimeSpan.Zero
            },
            {
                "OcppOptions.KeepAliveTimeout must be a positive time of at most 49 days.",
                options => options.KeepAliveTimeout = TimeSpan.FromDays(50)
            },
            { "OcppOptions.MaxConnections must be at least 1.", options => options.MaxConnections = 0 },
            { "OcppOptions.MaxPasswordChecks must be at least 1.", options => options.MaxPasswordChecks = 0 },
            {
                "OcppOptions.MaxWaitingPasswordChecks must be at least 1.",
                options => options.MaxWaitingPasswordChecks = 0
            },
            {
                "OcppOptions.Certificates.RevocationMode must be a defined value.",
                options => options.Certificates.RevocationMode = (X509RevocationMode)7
            },
        };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public async Task An_option_out_of_its_range_stops_the_start_by_its_name(
        string failure,
        Action<OcppOptions> configure
    )
    {
        await using WebApplication app = Build(configure);

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Equal([failure], exception.Failures);
    }

    [Fact]
    public async Task All_options_out_of_their_range_are_named_at_once()
    {
        await using WebApplication app = Build(options =>
            (options.MaxConnections, options.MaxPasswordChecks) = (-1, -1)
        );

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Equal(
            ["OcppOptions.MaxConnections must be at least 1.", "OcppOptions.MaxPasswordChecks must be at least 1."],
            exception.Failures
        );
    }

    private static WebApplication Build(Action<OcppOptions> configure)
    {
        WebApplicationBuilder builder = CsmsHost.CreateBuilder();
        builder.Services.AddOcpp(configure).AllowAnyStation();
        return builder.Build();
    }
}

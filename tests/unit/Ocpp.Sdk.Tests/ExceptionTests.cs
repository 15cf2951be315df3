namespace Ocpp.Tests;

/// <summary>One base for whoever calls.</summary>
public sealed class ExceptionTests
{
    [Fact]
    public void Every_exception_of_the_SDK_is_an_OcppException_but_that_of_JsonSerializer()
    {
        IEnumerable<string> others = typeof(OcppException)
            .Assembly.GetExportedTypes()
            .Where(type => type.IsAssignableTo(typeof(Exception)) && !type.IsAssignableTo(typeof(OcppException)))
            .Select(type => type.Name);
        Assert.Equal([nameof(OcppValidationException)], others);
    }

    [Fact]
    public void An_exception_keeps_its_message_and_its_cause()
    {
        var cause = new InvalidOperationException("cause");
        OcppException[] exceptions =
        [
            new("what", cause),
            new OcppCallErrorException("what", cause),
            new OcppConnectionClosedException("what", cause),
            new OcppConnectionFailedException("what", cause),
            new OcppInvalidResponseException("what", cause),
            new OcppQueueFullException("what", cause),
            new OcppTimeoutException("what", cause),
        ];
        Assert.All(exceptions, exception => Assert.Same(cause, exception.InnerException));
        Assert.All(exceptions, exception => Assert.Contains("what", exception.Message, StringComparison.Ordinal));
    }
}

using Microsoft.AspNetCore.Http.Metadata;

namespace Ocpp.AspNetCore.Operators;

/// <summary>The longest request that is read: what a message of OCPP can be by default.</summary>
internal sealed class OperatorBodyLimit : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => 1024 * 1024;
}

using Ocpp.Versions;

namespace Ocpp.Rpc;

/// <summary>Handles a vendor's message.</summary>
/// <param name="data">The data of the request.</param>
/// <param name="context">The context of the request.</param>
/// <returns>The data of the response.</returns>
/// <exception cref="OcppDataTransferException">The message is not accepted.</exception>
internal delegate Task<OcppVendorData> VendorHandler(OcppVendorData data, OcppRequestContext context);

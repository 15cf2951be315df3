using Ocpp.Rpc;

namespace Ocpp.Tool.Checking;

/// <summary>
/// The versions of OCPP that the requests of one station fit, where neither the command line nor the log names one. An
/// action that only one version has decides, or a payload that only one version accepts.
/// </summary>
internal sealed class InferredProtocol
{
    /// <summary>
    /// How many requests are compared with each version. From then on only an action decides, so that a log that fits
    /// several versions is not checked several times.
    /// </summary>
    private const int MaxCompared = 1000;

    private int _compared;

    /// <summary>How well a request fits a version, best first.</summary>
    private enum Fit
    {
        /// <summary>Its payload is valid.</summary>
        Valid,

        /// <summary>Its action is known.</summary>
        Action,

        /// <summary>Neither.</summary>
        None,
    }

    /// <summary>The versions that are left, the default first.</summary>
    public IReadOnlyList<CheckedProtocol> Candidates { get; private set; } = CheckedProtocol.All;

    /// <summary>Whether only one version is left.</summary>
    public bool IsCertain => Candidates.Count == 1;

    /// <summary>Leaves out the versions that a frame fits less than others.</summary>
    /// <returns>The version that the frame is checked against: of those that are left, the one it fits best.</returns>
    public CheckedProtocol Choose(ReadOnlySpan<byte> utf8Json, OcppReadOptions options)
    {
        if (IsCertain)
        {
            return Candidates[0];
        }

        bool comparesPayload = _compared < MaxCompared;
        var fits = new (CheckedProtocol Protocol, Fit Fit, int Violations)[Candidates.Count];
        for (int i = 0; i < fits.Length; i++)
        {
            fits[i] = Compare(Candidates[i], utf8Json, options, comparesPayload);
        }

        Fit best = fits.Min(fit => fit.Fit);
        if (best == Fit.None)
        {
            return Candidates[0];
        }

        _compared++;
        Candidates = [.. fits.Where(fit => fit.Fit == best).Select(fit => fit.Protocol)];
        return fits.Where(fit => fit.Fit == best).MinBy(fit => fit.Violations).Protocol;
    }

    private static (CheckedProtocol Protocol, Fit Fit, int Violations) Compare(
        CheckedProtocol protocol,
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions options,
        bool comparesPayload
    )
    {
        if (
            !protocol.Rules.TryReadFrame(utf8Json, out OcppFrame frame, out _)
            || frame.MessageType is not (OcppMessageType.Call or OcppMessageType.Send)
            || SignedPayload.FindAction(frame, protocol, out bool isSigned) is not { } action
        )
        {
            return (protocol, Fit.None, 0);
        }

        if (!comparesPayload)
        {
            return (protocol, Fit.Action, 0);
        }

        var type = new PayloadType(action, frame.MessageType);
        int violations = (
            isSigned ? SignedPayload.Check(frame, type, options) : type.Check(frame.Payload, options)
        ).Count;
        return (protocol, violations == 0 ? Fit.Valid : Fit.Action, violations);
    }
}

namespace Ocpp.Certificates.Stations;

// What the CSMS can set while the station runs, as variables of SecurityCtrlr.
public sealed partial class StationCertificates
{
    private readonly object _settings = new();

    /// <summary>
    /// The O of the station's certificates (A00.FR.509): <see cref="StationCertificatesOptions.OrganizationName"/>,
    /// until it is set. Applies to the next request.
    /// </summary>
    /// <exception cref="ArgumentException">The value can't be part of a certificate.</exception>
    public string OrganizationName
    {
        get => _options.OrganizationName;
        set => Change(options => options with { OrganizationName = value });
    }

    /// <summary>
    /// How long the station waits for CertificateSigned until it sends its CSR again (A02.FR.17):
    /// <see cref="StationCertificatesOptions.CertSigningWaitMinimum"/>, until it is set. Applies to the next wait.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan CertSigningWaitMinimum
    {
        get => _options.CertSigningWaitMinimum;
        set => Change(options => options with { CertSigningWaitMinimum = value });
    }

    /// <summary>
    /// How many times the station sends its CSR again until it stops (A02.FR.19):
    /// <see cref="StationCertificatesOptions.CertSigningRepeatTimes"/>, until it is set. Applies when the next wait is
    /// over.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int CertSigningRepeatTimes
    {
        get => _options.CertSigningRepeatTimes;
        set => Change(options => options with { CertSigningRepeatTimes = value });
    }

    private void Change(Func<StationCertificatesOptions, StationCertificatesOptions> change)
    {
        lock (_settings)
        {
            StationCertificatesOptions changed = change(_options);
            changed.CheckSubjects();
            _options = changed;
        }
    }
}

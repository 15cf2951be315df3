using Ocpp.Certificates.Signing;
using Ocpp.Security;

namespace Ocpp.Certificates.Requests;

/// <summary>Evaluates the subject of a CSR, depending on what the certificate is for.</summary>
internal sealed class SubjectCheck(CsrPolicy policy, CertificateUses uses, SigningStation station)
{
    private readonly bool _isV2G = uses.IsV2G;

    // A combined certificate serves both.
    private readonly bool _servesV2G = uses.ServesV2G;

    public IEnumerable<CsrFinding> Evaluate(SubjectName subject) =>
        [.. CheckText(subject), .. CheckOrganization(subject), .. CheckCommonName(subject), .. CheckFurther(subject)];

    private static IEnumerable<CsrFinding> CheckText(SubjectName subject) =>
        from attribute in subject.Attributes
        where attribute.HasControlCharacters
        select new CsrFinding(
            CsrCheck.SubjectText,
            $"The value of {attribute.DisplayName} has a NUL or another control character."
        );

    private IEnumerable<CsrFinding> CheckOrganization(SubjectName subject)
    {
        if (FindFault(subject, SubjectAttribute.Organization) is { } fault)
        {
            yield return new CsrFinding(CsrCheck.Organization, fault);
        }
        else if (subject.Organization is { } organization && !SubjectName.AreEqual(organization, OrganizationName))
        {
            yield return new CsrFinding(CsrCheck.Organization, "The subject's O is not the operator's name.");
        }
    }

    private IEnumerable<CsrFinding> CheckCommonName(SubjectName subject)
    {
        if (FindFault(subject, SubjectAttribute.CommonName) is { } fault)
        {
            yield return new CsrFinding(CsrCheck.CommonName, fault);
            yield break;
        }

        if (subject.CommonName is not { } name)
        {
            yield break; // it has a finding already
        }

        bool isSeccId = _isV2G && station.SeccIds.Count > 0;
        if (!(isSeccId ? station.SeccIds : station.Names).Contains(name, OcppIdentity.Comparer))
        {
            yield return new CsrFinding(
                CsrCheck.CommonName,
                isSeccId
                    ? "The subject's CN is not a SECC id of the station that sent the CSR."
                    : "The subject's CN is not the serial number of the station that sent the CSR."
            );
        }

        if (CertificateSubject.IsUrlOrIpAddress(name))
        {
            yield return new CsrFinding(CsrCheck.CommonNameForm, "The subject's CN is a URL or an IP address.");
        }
    }

    private IEnumerable<CsrFinding> CheckFurther(SubjectName subject)
    {
        foreach (SubjectAttribute attribute in subject.Attributes)
        {
            if (
                attribute.Oid is not (SubjectAttribute.Organization or SubjectAttribute.CommonName)
                && !IsAllowed(attribute)
            )
            {
                yield return new CsrFinding(
                    CsrCheck.SubjectAttributes,
                    $"The subject has {attribute.DisplayName}, which is not allowed."
                );
            }
        }

        if (!_servesV2G)
        {
            yield break;
        }

        if (Has(subject, SubjectAttribute.Country) && !IsCountry(subject.Single(SubjectAttribute.Country)))
        {
            yield return new CsrFinding(
                CsrCheck.SubjectAttributes,
                station.CountryName is null
                    ? "The subject's C is not one country of two letters."
                    : "The subject's C is not the country of the station."
            );
        }

        if (
            Has(subject, SubjectAttribute.DomainComponent)
            && !SubjectName.AreEqual(
                subject.Single(SubjectAttribute.DomainComponent),
                CertificateSubject.ChargePointOperator
            )
        )
        {
            yield return new CsrFinding(CsrCheck.SubjectAttributes, "The subject's DC is not CPO.");
        }
    }

    private string OrganizationName =>
        _isV2G && policy.V2GOrganizationName is { } name ? name : policy.OrganizationName;

    private bool IsAllowed(SubjectAttribute attribute) =>
        policy.AllowedSubjectAttributes.Contains(attribute.Oid)
        || (_servesV2G && attribute.Oid is SubjectAttribute.Country or SubjectAttribute.DomainComponent);

    private bool IsCountry(string? value) =>
        value is not null
        && CertificateSubject.IsCountry(value)
        && (station.CountryName is null || SubjectName.AreEqual(value, station.CountryName));

    private static bool Has(SubjectName subject, string oid) => subject.Attributes.Any(one => one.Oid == oid);

    /// <summary>Why an attribute has no single text, if that isn't for its characters.</summary>
    private static string? FindFault(SubjectName subject, string oid)
    {
        SubjectAttribute[] found = [.. subject.Attributes.Where(one => one.Oid == oid)];
        string name = oid == SubjectAttribute.CommonName ? "CN" : "O";
        return found switch
        {
            [] => $"The subject has no {name}.",
            [{ Value: null }] => $"The subject's {name} is not a text.",
            [var only] => subject.Attributes.Any(one => one != only && one.Position == only.Position)
                ? $"The subject's {name} is joined with another attribute."
                : null,
            _ => $"The subject has more than one {name}.",
        };
    }
}

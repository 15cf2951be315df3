using Microsoft.CodeAnalysis.CSharp;
using Ocpp.Schemas.CSharp;
using Xunit;

namespace Ocpp.Generators.Tests;

/// <summary>C# names from names on the wire.</summary>
public class NamingTests
{
    [Theory]
    [InlineData("csr", "Csr")]
    [InlineData("Csr", "Csr")]
    [InlineData("statusInfo", "StatusInfo")]
    [InlineData("SignCertificateRequest", "SignCertificateRequest")]
    [InlineData("evseId", "EvseId")]
    [InlineData("customData", "CustomData")]
    [InlineData("V2GCertificate", "V2GCertificate")]
    [InlineData("iso15118CertificateHashData", "Iso15118CertificateHashData")]
    [InlineData("Current.Export", "CurrentExport")]
    [InlineData("Power.Active.Import", "PowerActiveImport")]
    [InlineData("SOC", "SOC")]
    [InlineData("L1", "L1")]
    [InlineData("L1-N", "L1_N")]
    [InlineData("L1-L2", "L1_L2")]
    [InlineData("N", "N")]
    [InlineData("cCCS1", "CCCS1")]
    [InlineData("cType1", "CType1")]
    [InlineData("s309-1P-16A", "S309_1P_16A")]
    [InlineData("s309-1P-32A", "S309_1P_32A")]
    [InlineData("s309-3P-16A", "S309_3P_16A")]
    [InlineData("sCEE-7-7", "SCEE_7_7")]
    [InlineData("wResonant", "WResonant")]
    [InlineData("Other1PhMax16A", "Other1PhMax16A")]
    [InlineData("ISO14443", "ISO14443")]
    [InlineData("Sample.Clock", "SampleClock")]
    [InlineData("no-op", "NoOp")]
    [InlineData("snake_case_name", "SnakeCaseName")]
    [InlineData("_leading", "Leading")]
    [InlineData("trailing-", "Trailing")]
    [InlineData("two  spaces", "TwoSpaces")]
    [InlineData("a.1", "A_1")]
    [InlineData("1.a", "_1_A")]
    [InlineData("1-2", "_1_2")]
    [InlineData("12", "_12")]
    [InlineData("1st", "_1st")]
    [InlineData("$id", "Id")]
    [InlineData("a<b>", "AB")]
    [InlineData("größe", "Größe")]
    [InlineData("élan", "Élan")]
    [InlineData("istanbul", "Istanbul")]
    [InlineData("\u0663", "_\u0663")]
    [InlineData("a\U0001F600b", "AB")]
    [InlineData("-", "_")]
    [InlineData("", "_")]
    public void A_name_on_the_wire_becomes_a_name_in_CSharp(string wireName, string name)
    {
        Assert.Equal(name, Naming.ToPascalCase(wireName));
        Assert.True(Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name));
    }

    [Theory]
    [InlineData("Csr", "csr")]
    [InlineData("StatusInfo", "statusInfo")]
    [InlineData("SOC", "sOC")]
    [InlineData("Class", "@class")]
    [InlineData("Event", "@event")]
    [InlineData("Int", "@int")]
    [InlineData("Var", "var")]
    [InlineData("_1st", "_1st")]
    [InlineData("Value", "value_")]
    [InlineData("Reader", "reader_")]
    [InlineData("_", "__")]
    public void A_local_is_neither_a_keyword_nor_a_name_that_the_generated_code_uses(string name, string local) =>
        Assert.Equal(local, Naming.ToLocal(name));

    [Theory]
    [InlineData("ocpp2.0.1", "Ocpp201")]
    [InlineData("ocpp2.1", "Ocpp21")]
    [InlineData("ocpp1.6", "Ocpp16")]
    [InlineData("acme1.0", "Acme10")]
    [InlineData("v1.acme-charging", "V1acmeCharging")]
    [InlineData("2.0", "_20")]
    public void A_subprotocol_becomes_the_beginning_of_class_names(string protocol, string prefix) =>
        Assert.Equal(prefix, Naming.ToClassPrefix(protocol));

    [Fact]
    public void The_keywords_are_those_of_the_compiler() =>
        Assert.Equal(
            Enum.GetValues<SyntaxKind>()
                .Select(SyntaxFacts.GetText)
                .Where(IsReserved)
                .Distinct()
                .Order(StringComparer.Ordinal),
            Enum.GetValues<SyntaxKind>()
                .Select(SyntaxFacts.GetText)
                .Where(CSharpKeywords.Contains)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    private static bool IsReserved(string text) => SyntaxFacts.GetKeywordKind(text) != SyntaxKind.None;
}

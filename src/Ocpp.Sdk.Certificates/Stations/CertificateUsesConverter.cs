using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// Reads and writes what a certificate is for by its name, never as a number. The converter of System.Text.Json, which
/// does the same, is several times as large in a native app.
/// </summary>
internal sealed class CertificateUsesConverter : JsonConverter<CertificateUses>
{
    public override CertificateUses Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Enum.TryParse takes numbers too.
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text?.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse(text, out CertificateUses uses)
            ? uses
            : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, CertificateUses value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

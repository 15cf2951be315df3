namespace Ocpp.Certification.Tests;

/// <summary>How each side is set up, as docs/certificate-signing.md shows it.</summary>
public sealed class DocumentedSetUpTests
{
    private const string Document = "certificate-signing.md";

    [Fact]
    public void The_set_up_of_a_station_compiles() =>
        DocumentedProgram.AssertCompiles(
            DocumentedProgram.Read(Document, "station")
                + """


                partial class Program
                {
                    static System.Security.Cryptography.X509Certificates.X509Certificate2Collection operatorRoots = [];
                    static string password = "";
                    static TextWriter journal = TextWriter.Null;

                    static Task<TriggerMessageResponse> HandleTriggerAsync(TriggerMessageRequest request, OcppRequestContext context) =>
                        Task.FromResult(new TriggerMessageResponse { Status = TriggerMessageStatusEnumType.NotImplemented });
                }
                """,
            DocumentedProgram.ConsoleUsings
        );

    [Fact]
    public void The_set_up_of_a_CSMS_compiles() =>
        DocumentedProgram.AssertCompiles(
            DocumentedProgram.Read(Document, "CSMS")
                + """


                partial class Program
                {
                    static TextWriter operators = TextWriter.Null;

                    static ValueTask<Ocpp.Certificates.Signing.SigningStation> FindStationAsync(string identity, CancellationToken cancellationToken) =>
                        ValueTask.FromResult(new Ocpp.Certificates.Signing.SigningStation { Names = [identity] });
                }

                class StationDirectory : IOcppStationStore
                {
                    public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
                        ValueTask.FromResult<OcppStationAccount?>(null);

                    public ValueTask RaiseProfileAsync(string identity, OcppSecurityProfile profile, CancellationToken cancellationToken) =>
                        ValueTask.CompletedTask;
                }
                """,
            DocumentedProgram.WebUsings
        );
}

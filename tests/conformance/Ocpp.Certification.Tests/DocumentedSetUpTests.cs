using Ocpp.TestPrograms;

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
                    static WebApplication app = WebApplication.Create();
                    static ILogger logger = app.Logger;
                    static Operators operators = new();

                    static ValueTask<SigningStation> FindStationAsync(string identity, CancellationToken cancellationToken) =>
                        ValueTask.FromResult(new SigningStation { Names = [identity] });
                }

                class Operators
                {
                    public void Tell(SigningReport report) { }
                }
                """,
            DocumentedProgram.WebUsings
        );
}

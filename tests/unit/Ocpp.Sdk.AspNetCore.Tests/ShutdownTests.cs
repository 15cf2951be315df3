using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class ShutdownTests
{
    private static readonly OcppCloseReason s_shutDown = new(
        OcppCloseKind.ClosedByUs,
        WebSocketCloseStatus.EndpointUnavailable,
        "The server is shutting down."
    );

    [Fact]
    public async Task All_stations_are_told_that_the_server_goes_away()
    {
        await using Csms csms = await Csms.StartAsync(options: WaitForAnswers);
        OcppSession[] stations = [await csms.ConnectAsync("CS-1"), await csms.ConnectAsync("CS-2")];
        OcppSession[] sessions = [await csms.ConnectedAsync(), await csms.ConnectedAsync()];

        await csms.StopAsync();

        foreach (OcppSession station in stations)
        {
            Assert.Equal(
                s_shutDown with
                {
                    Kind = OcppCloseKind.ClosedByPeer,
                },
                await station.Completion.WaitAsync(CsmsHost.Patience)
            );
        }

        Assert.All(sessions, session => Assert.Equal(s_shutDown, session.Completion.Result));
        Assert.Equal(0, csms.Stations.Count);
    }

    [Fact]
    public async Task A_session_can_be_aborted_closed_and_disposed_of_after_its_request()
    {
        await using Csms csms = await Csms.StartAsync(options: WaitForAnswers);
        await using OcppSession station = await csms.ConnectAsync("CS-1");
        OcppSession session = await csms.ConnectedAsync();

        // The server has let all requests go then.
        await csms.StopAsync();
        session.Abort();

        Assert.Equal(s_shutDown, await session.CloseAsync());
        await session.DisposeAsync();
    }

    [Fact]
    public async Task A_call_that_is_answered_while_the_server_shuts_down_succeeds()
    {
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<ResetResponse>();
        await using Csms csms = await Csms.StartAsync(options: WaitForAnswers);
        await using OcppSession station = await csms.ConnectAsync("CS-1", StationThat(asked, answer.Task));
        Task<ResetResponse> call = (await csms.ConnectedAsync()).CallAsync(Answers.Reset);
        await asked.Task;

        Task stopping = csms.StopAsync();
        Assert.False(call.IsCompleted);
        answer.SetResult(Answers.ResetAccepted);

        Assert.Equal(Answers.ResetAccepted, await call);
        await stopping;
    }

    [Fact]
    public async Task Calls_that_nobody_answers_do_not_hold_the_shutdown_up_and_fail_with_its_reason()
    {
        var asked = new TaskCompletionSource();
        await using Csms csms = await Csms.StartAsync(options: options =>
            options.Session = options.Session with { CloseTimeout = TimeSpan.FromMilliseconds(100) }
        );
        await using OcppSession station = await csms.ConnectAsync(
            "CS-1",
            StationThat(asked, new TaskCompletionSource<ResetResponse>().Task)
        );
        OcppSession session = await csms.ConnectedAsync();
        Task<ResetResponse> sent = session.CallAsync(Answers.Reset);
        Task<ResetResponse> waiting = session.CallAsync(Answers.Reset);
        await asked.Task;

        await csms.StopAsync().WaitAsync(CsmsHost.Patience);

        foreach (Task<ResetResponse> call in (Task<ResetResponse>[])[sent, waiting])
        {
            Assert.Equal(s_shutDown, (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call)).Reason);
        }
    }

    [Fact]
    public async Task A_station_that_comes_while_the_server_shuts_down_is_told_to_come_later()
    {
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<ResetResponse>();
        await using Csms csms = await Csms.StartAsync(options: WaitForAnswers);
        await using OcppSession station = await csms.ConnectAsync("CS-1", StationThat(asked, answer.Task));
        Task<ResetResponse> call = (await csms.ConnectedAsync()).CallAsync(Answers.Reset);
        await asked.Task;

        // As a host does before it stops the server.
        csms.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await csms.StatusOfAsync("CS-2"));
        answer.SetResult(Answers.ResetAccepted);
        await call;
    }

    /// <summary>
    /// What is outstanding may take as long as the machine takes: the default of 5 s is too short for a busy one.
    /// </summary>
    private static void WaitForAnswers(OcppOptions options) =>
        options.Session = options.Session with { CloseTimeout = CsmsHost.Patience };

    private static OcppHandlers StationThat(TaskCompletionSource asked, Task<ResetResponse> answer) =>
        new OcppHandlers(
            Ocpp201Protocol.Instance,
            set =>
                set.On<ResetRequest, ResetResponse>(
                    (_, context) =>
                    {
                        asked.SetResult();
                        return answer.WaitAsync(context.CancellationToken);
                    }
                )
        );
}

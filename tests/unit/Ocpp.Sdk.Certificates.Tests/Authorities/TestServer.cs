using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ocpp.Certificates.Tests;

/// <summary>An HTTP server on this machine that answers as a test says, by path.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _loop;

    public TestServer()
    {
        (_listener, Address) = Start();
        _loop = RunAsync();
    }

    public Uri Address { get; }

    /// <summary>The answers by path; a path without one gets 404.</summary>
    public Dictionary<string, Func<HttpListenerContext, Task>> Answers { get; } = [];

    /// <summary>What was asked, the oldest first.</summary>
    public ConcurrentQueue<TestServerRequest> Requests { get; } = [];

    public static Func<HttpListenerContext, Task> Body(string text, int status = 200) =>
        async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
            context.Response.Close();
        };

    public static Func<HttpListenerContext, Task> Status(int status, string? retryAfter = null) =>
        context =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null)
            {
                context.Response.Headers["Retry-After"] = retryAfter;
            }

            context.Response.Close();
            return Task.CompletedTask;
        };

    /// <summary>Never answers.</summary>
    public static Task Silence(HttpListenerContext context) => Task.CompletedTask;

    /// <summary>Ends the connection in the midst of the answer.</summary>
    public static async Task HangUp(HttpListenerContext context)
    {
        context.Response.ContentLength64 = 1000;
        await context.Response.OutputStream.WriteAsync("{"u8.ToArray());
        await context.Response.OutputStream.FlushAsync();
        context.Response.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
    }

    /// <summary>Takes an address where nobody listens, and nobody can as long as the socket lives.</summary>
    public static Socket TakeAddress(out Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        address = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/");
        return socket;
    }

    /// <summary>
    /// The listener takes no port 0: between the look for a free one and its start somebody else may take it.
    /// </summary>
    private static (HttpListener Listener, Uri Address) Start()
    {
        for (int tries = 1; ; tries++)
        {
            var listener = new HttpListener();
            Uri address;
            using (var socket = new TcpListener(IPAddress.Loopback, 0))
            {
                socket.Start();
                address = new Uri($"http://localhost:{((IPEndPoint)socket.LocalEndpoint).Port}/");
            }

            listener.Prefixes.Add(address.ToString());
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (tries < 10)
            {
                listener.Close();
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using var body = new StreamReader(context.Request.InputStream);
                string path = context.Request.Url!.AbsolutePath;
                Requests.Enqueue(
                    new TestServerRequest(
                        context.Request.HttpMethod,
                        path,
                        context.Request.ContentType,
                        context.Request.Headers["Authorization"],
                        await body.ReadToEndAsync()
                    )
                );
                await (Answers.GetValueOrDefault(path) ?? Status(404))(context);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the end of the test.
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace FedNotebook.Tests.Data;

/// <summary>A web server on this machine from which data sets are fetched while it lives. Null stands for "not found".</summary>
internal sealed class Mirror : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ChosenAddress chosen;

    internal Mirror(Func<string, byte[]?> content)
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        chosen = new ChosenAddress(Address);
        _ = Serve(content);
    }

    internal string Address { get; }

    internal int Requests { get; private set; }

    public void Dispose()
    {
        listener.Close();
        chosen.Dispose();
    }

    /// <summary>Stops answering; the address stays chosen.</summary>
    internal void Stop() => listener.Stop();

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task Serve(Func<string, byte[]?> content)
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                Requests++;
                var bytes = content(context.Request.Url!.AbsolutePath);
                context.Response.StatusCode = bytes is null ? 404 : 200;
                context.Response.Close(bytes ?? [], willBlock: true);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The mirror was stopped.
        }
    }
}

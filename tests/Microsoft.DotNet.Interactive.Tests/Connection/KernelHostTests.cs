using System.IO.Pipelines;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests.Connection;

/// <summary>Two trees of kernels that know each other by lines of text only, as two processes do.</summary>
public sealed class KernelHostTests : IDisposable
{
    private readonly CompositeKernel remote = SomeKernel.WithCSharp(), local = new("local") { DefaultKernelName = "far" };
    private readonly KernelHost remoteHost, localHost;

    public KernelHostTests()
    {
        var (toRemote, toLocal) = (new Pipe(), new Pipe());
        remoteHost = remote.UseHost(Sender(toLocal, "kernel://near"), Receiver(toRemote), KernelHost.CreateHostUri("away"));
        localHost = local.UseHost(Sender(toRemote, "kernel://away"), Receiver(toLocal), KernelHost.CreateHostUri("near"));
    }

    public void Dispose()
    {
        local.Dispose();
        remote.Dispose();
    }

    private static KernelCommandAndEventSender Sender(Pipe pipe, string uri) => KernelCommandAndEventSender.FromTextWriter(new StreamWriter(pipe.Writer.AsStream()), new Uri(uri));

    private static KernelCommandAndEventReceiver Receiver(Pipe pipe) => KernelCommandAndEventReceiver.FromTextReader(new StreamReader(pipe.Reader.AsStream()));

    private async Task<ProxyKernel> ConnectAsync()
    {
        await Task.WhenAll(remoteHost.ConnectAsync(), localHost.ConnectAsync());
        return await localHost.ConnectProxyKernelOnDefaultConnectorAsync("far", new Uri("kernel://away/csharp"), ["f"]);
    }

    [Fact]
    public void A_host_gives_its_kernels_their_addresses()
    {
        Assert.Same(remoteHost, remote.Host);
        Assert.Equal(new Uri("kernel://away"), remote.KernelInfo.Uri);
        Assert.Equal(new Uri("kernel://away/csharp"), remote.Single().KernelInfo.Uri);
        Assert.Equal(new Uri($"kernel://pid-{Environment.ProcessId}"), KernelHost.CreateHostUriForCurrentProcessId());
        Assert.Throws<InvalidOperationException>(() => remote.UseHost(Sender(new Pipe(), "kernel://x"), Receiver(new Pipe()), new Uri("kernel://y")));
    }

    [Fact]
    public async Task What_a_cell_shows_there_is_shown_here()
    {
        await ConnectAsync();
        var result = await local.SubmitCodeAsync("Console.Write(\"out\");\nvar x = 20;\nx.Display();\nx + 1");
        result.MustSucceed();
        Assert.Equal("out", result.Output());
        Assert.Equal("20", result.Events.OfType<DisplayedValueProduced>().Single().PlainText());
        Assert.Equal("21", result.Events.OfType<ReturnValueProduced>().Single().PlainText());
        Assert.All(result.Events, e => Assert.Same(result.Command, e.Command));
        Assert.True(((CSharpKernel)remote.Single()).TryGetValue("x", out int x) && x == 20);
    }

    [Fact]
    public async Task What_fails_there_fails_here()
    {
        await ConnectAsync();
        Assert.Contains("CS0103", (await local.SubmitCodeAsync("nothing")).Failure().Message);
        Assert.Contains("DNI101", (await local.SubmitCodeAsync("#!nothing\n1")).Failure().Message);
        (await local.SubmitCodeAsync("1")).MustSucceed();
    }

    [Fact]
    public async Task Values_and_completions_go_both_ways()
    {
        var proxy = await ConnectAsync();
        (await local.SendAsync(new SendValue("sent", "text", targetKernelName: "f"), TestContext.Current.CancellationToken)).MustSucceed();
        Assert.Equal("\"text\"", (await local.SendAsync(new RequestValue("sent", targetKernelName: "far"), TestContext.Current.CancellationToken)).Events.OfType<ValueProduced>().Single().FormattedValue.Value);
        Assert.Contains(await local.SendAsync(new RequestCompletions("Consol", new(0, 6)), TestContext.Current.CancellationToken) is { } r ? r.Events.OfType<CompletionsProduced>().Single().Completions : [], c => c.DisplayText == "Console");
        await local.SendAsync(new RequestKernelInfo("far"), TestContext.Current.CancellationToken);
        Assert.Equal(("C#", true), (proxy.KernelInfo.LanguageName, proxy.KernelInfo.IsProxy));
    }

    [Fact]
    public async Task An_interrupt_here_is_one_there()
    {
        await ConnectAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var result = await local.SendAsync(new SubmitCode("while (true) ;"), stop.Token);
        Assert.IsType<CommandFailed>(result.Events[^1]);
        Assert.Equal("2", (await local.SubmitCodeAsync("1+1")).Events.OfType<ReturnValueProduced>().Single().PlainText());
    }

    [Fact]
    public async Task A_kernel_that_has_gone_is_told_and_nothing_waits()
    {
        Pipe toRemote = new(), toLocal = new();
        using var kernel = new CompositeKernel { new ProxyKernel("far", Sender(toRemote, "kernel://x"), Receiver(toLocal)) };
        var running = kernel.SubmitCodeAsync("1");
        await toLocal.Writer.CompleteAsync();
        Assert.Contains("has gone", (await running).Failure().Message);
    }

    [Fact]
    public async Task A_host_waits_until_the_other_side_goes_and_says_what_it_cannot_read()
    {
        using var kernel = SomeKernel.WithCSharp();
        var written = new StringWriter();
        using var host = kernel.UseHost(KernelCommandAndEventSender.FromTextWriter(written, new Uri("kernel://x")),
            KernelCommandAndEventReceiver.FromTextReader(new StringReader("no JSON\n\n" + KernelCommandEnvelope.Serialize(new RequestKernelInfo()) + "\n")), new Uri("kernel://y"));
        await host.ConnectAndWaitAsync();
        for (var i = 0; i < 100 && !written.ToString().Contains("CommandSucceeded"); i++) await Task.Delay(50, TestContext.Current.CancellationToken);
        var lines = written.ToString().Trim().Split('\n').Select(line => KernelEventEnvelope.Deserialize(line).Event).ToList();
        Assert.IsType<KernelReady>(lines[0]);
        Assert.Contains(lines, e => e is ErrorProduced error && error.Message.Contains("could not be read"));
        Assert.Contains(lines, e => e is KernelInfoProduced { KernelInfo.LocalName: "csharp" });
    }
}

using FedNotebook.Kernel.Jupyter;

namespace FedNotebook.Kernel.Tests.Jupyter;

[Collection("One kernel at a time")]
public class FloodTests : IDisposable
{
    private readonly SomeFrontEnd _frontEnd = new();

    public void Dispose() => _frontEnd.Dispose();

    [Fact]
    public void A_megabyte_in_one_piece_arrives_whole()
    {
        var published = _frontEnd.PublishedFor(_frontEnd.Execute("Console.Write(new string('x', 1 << 20)); new string('y', 1 << 20).Display();"));
        Assert.Equal(1 << 20, published.Where(message => message.Type == "stream").Sum(message => message.Text("text")!.Length));
        Assert.Equal(1 << 20, published.Single(message => message.Type == "display_data").Content["data"]!["text/plain"]!.GetValue<string>().Length);
    }

    [Fact]
    public void Ten_thousand_displays_arrive_in_order_also_when_the_front_end_reads_late()
    {
        var id = _frontEnd.Execute("for (var i = 0; i < 10_000; i++) i.Display();");
        Assert.Equal("ok", _frontEnd.ReplyTo(id).Text("status"));
        var shown = _frontEnd.PublishedFor(id).Where(message => message.Type == "display_data");
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => i.ToString()), shown.Select(message => message.Content["data"]!["text/plain"]!.GetValue<string>()));
    }

    [Fact]
    public void Lines_that_come_fast_come_in_few_messages()
    {
        var published = _frontEnd.PublishedFor(_frontEnd.Execute("for (var i = 0; i < 1_000_000; i++) Console.Write(\"x\");"));
        var texts = published.Where(message => message.Type == "stream").Select(message => message.Text("text")!.Length).ToArray();
        Assert.Equal(1_000_000, texts.Sum());
        Assert.InRange(texts.Length, 1, 1000);
    }

    [Fact]
    public void A_listener_that_does_not_read_holds_up_neither_the_cell_nor_the_others()
    {
        _frontEnd.ListenWithoutReading();
        var id = _frontEnd.Execute("var line = new string('z', 1 << 16); for (var i = 0; i < 600; i++) Console.Write(line); \"done\"");
        var published = _frontEnd.PublishedFor(id);
        Assert.Equal("done", published.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.GetValue<string>());
        Assert.Equal(600 << 16, published.Where(message => message.Type == "stream").Sum(message => message.Text("text")!.Length));
        Assert.Equal("ok", _frontEnd.ReplyTo(id).Text("status"));
    }
}

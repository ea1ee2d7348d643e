using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace Microsoft.DotNet.Interactive.Tests;

public sealed class DataExplorerTests : IDisposable
{
    public void Dispose() => DataExplorer.ResetToDefault();

    [Fact]
    public void An_explorer_is_made_by_its_name_or_as_the_default_and_shows_itself()
    {
        Assert.Throws<InvalidOperationException>(() => DataExplorer.CreateDefault(new[] { 1 }));
        DataExplorer.Register<int[], Sum>();
        DataExplorer.Register(typeof(int[]), typeof(Count));
        Assert.Equal("<b>3</b>", DataExplorer.Create(nameof(Sum), new[] { 1, 2 }).ToDisplayString(HtmlFormatter.MimeType));
        DataExplorer.SetDefault<int[], Count>();
        Assert.Equal("<i>2</i>", DataExplorer.CreateDefault(new[] { 1, 2 }).ToDisplayString(HtmlFormatter.MimeType));
        Assert.Contains("Other", Assert.Throws<InvalidOperationException>(() => DataExplorer.Create("Other", new[] { 1 })).Message);
        Assert.Throws<ArgumentException>(() => DataExplorer.Register(typeof(string), typeof(Sum)));
        DataExplorer.ResetToDefault();
        Assert.Throws<InvalidOperationException>(() => DataExplorer.Create(nameof(Sum), new[] { 1 }));
    }

    [Fact]
    public void A_table_is_summed_up()
    {
        var html = DataExplorer.CreateDefault(new[] { new { Name = "a", Age = 1 } }.ToTabularDataResource()).ToDisplayString(HtmlFormatter.MimeType);
        Assert.Contains("1 rows, 2 columns", html);
        Assert.Contains("<td>Age</td>", html);
    }

    private sealed class Sum(int[] data) : DataExplorer<int[]>(data)
    {
        protected override IHtmlContent ToHtml() => new HtmlString($"<b>{Data.Sum()}</b>");
    }

    private sealed class Count(int[] data) : DataExplorer<int[]>(data)
    {
        protected override IHtmlContent ToHtml() => new HtmlString($"<i>{Data.Length}</i>");
    }
}

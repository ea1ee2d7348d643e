using System.Net;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace Microsoft.DotNet.Interactive;

/// <summary>What a table consists of: its rows counted, and its columns with their types.</summary>
public class TabularDataResourceSummaryExplorer(TabularDataResource data) : DataExplorer<TabularDataResource>(data)
{
    protected override IHtmlContent ToHtml() => new HtmlString(
        $"<table id=\"{Id}\"><caption>{Data.Data.Count()} rows, {Data.Schema.Fields.Count} columns</caption><thead><tr><th>Column</th><th>Type</th></tr></thead><tbody>"
        + string.Concat(Data.Schema.Fields.Select(field => $"<tr><td>{WebUtility.HtmlEncode(field.Name)}</td><td>{WebUtility.HtmlEncode($"{field.Type}")}</td></tr>")) + "</tbody></table>");
}

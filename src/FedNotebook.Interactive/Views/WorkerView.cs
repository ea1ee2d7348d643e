using System.Globalization;
using System.Net;
using System.Text;
using static TorchSharp.torch;

namespace FedNotebook.Views;

/// <summary>A worker and what it holds, as a table; of many objects the first are listed and all are counted. Values are not shown: they are the worker's.</summary>
internal static class WorkerView
{
    private const int Listed = 20;

    internal static string Html(BaseWorker worker) => $"<div><b>{Escape(worker.ToString())}</b>{Table(worker._objects)}</div>";

    internal static string Table(IReadOnlyDictionary<long, object> objects)
    {
        if (objects.Count == 0)
            return "<div style=\"opacity:.7\">no objects</div>";
        var html = new StringBuilder("<table><thead><tr><th>id</th><th>kind</th><th>shape</th><th>type</th><th>tags</th><th>description</th></tr></thead><tbody>");
        foreach (var (id, item) in objects.Take(Listed))
            html.Append("<tr>").Append(Cell(id.ToString(CultureInfo.InvariantCulture))).AppendJoin("", Facts(item).Select(Cell)).Append("</tr>");
        html.Append("</tbody></table>");
        if (objects.Count > Listed)
            html.Append(CultureInfo.InvariantCulture, $"<div style=\"opacity:.7\">the first {Listed} of {objects.Count:N0} objects</div>");
        return html.ToString();
    }

    /// <summary>The notes' text, <c>{29908196729: tensor([1, 2, 3, 4, 5]), ...}</c>, as long as it can be read.</summary>
    internal static string Text(IReadOnlyDictionary<long, object> objects) =>
        objects.Count <= Listed ? objects.ToString()! : string.Create(CultureInfo.InvariantCulture, $"{{{string.Join(", ", objects.Keys.Take(Listed))}, ...}}: {objects.Count:N0} objects");

    private static string[] Facts(object item) => item switch
    {
        Tensor { IsInvalid: true } => ["disposed tensor", "", "", "", ""],
        Tensor tensor => ["tensor", $"[{string.Join(", ", tensor.shape)}]", $"{tensor.dtype}", string.Join(' ', tensor.tags), tensor.description ?? ""],
        PrivateTensor hidden => ["private tensor", $"[{string.Join(", ", hidden.shape)}]", $"{hidden.dtype}", string.Join(' ', hidden.tags), hidden.description ?? ""],
        StoredPointer pointer => [$"pointer to {pointer.Location}", "", "", "", ""],
        nn.Module model => [$"model {model.GetName()}", "", "", "", ""],
        _ => [item.GetType().Name, "", "", "", ""],
    };

    private static string Cell(string text) => $"<td>{Escape(text)}</td>";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}

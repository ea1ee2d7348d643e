namespace FedNotebook.Views;

/// <summary>
/// What every view stands in. Colors are the page's own or translucent, so that light and dark pages are served alike; without the
/// style the HTML still reads in order, as tables and sentences. Cells say <c>.fednb</c> twice, since JupyterLab sets tables to the right with two classes.
/// </summary>
internal static class Frame
{
    private static readonly Markup style = Markup.Raw("""
        <style>
        div.fednb{max-width:100%;font-size:13px;line-height:1.45;color:inherit}
        div.fednb .fednb-line{margin:2px 0 6px}
        div.fednb .fednb-faint{opacity:.72}
        div.fednb .fednb-scroll{max-width:100%;overflow-x:auto}
        div.fednb pre{margin:0;padding:0;border:0;max-width:100%;max-height:26em;overflow:auto;background:transparent;color:inherit;white-space:pre;line-height:1.35}
        div.fednb table{border-collapse:collapse;margin:2px 0 6px;width:auto;border:0;font-size:13px;color:inherit}
        div.fednb.fednb table th,div.fednb.fednb table td{padding:3px 14px 3px 0;border:0;border-bottom:1px solid rgba(128,128,128,.28);text-align:left;vertical-align:top;background:transparent;color:inherit;max-width:26em;overflow-wrap:break-word}
        div.fednb table th{font-weight:600;opacity:.72;white-space:nowrap}
        div.fednb table tr,div.fednb tbody tr:nth-child(n){background:transparent}
        div.fednb.fednb table td.fednb-n,div.fednb.fednb table th.fednb-n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        div.fednb .fednb-tag{display:inline-block;max-width:100%;padding:0 6px;border-radius:8px;background:rgba(128,128,128,.18);overflow-wrap:break-word}
        div.fednb .fednb-hops{display:flex;flex-wrap:wrap;align-items:center;gap:4px 8px;margin:2px 0 6px}
        div.fednb .fednb-step{display:inline-flex;align-items:center;gap:8px;max-width:100%}
        div.fednb .fednb-hop{padding:3px 10px;border:1px solid rgba(128,128,128,.5);border-radius:8px;max-width:100%;overflow-wrap:anywhere}
        div.fednb .fednb-arrow{font-size:18px;line-height:1;color:#3b82c4}
        div.fednb .fednb-alert{padding:6px 12px;border-left:3px solid #e4572e;background:rgba(228,87,46,.1);overflow-wrap:anywhere}
        div.fednb .fednb-alert p{margin:4px 0;white-space:pre-line}
        div.fednb .fednb-bar{white-space:nowrap}
        div.fednb .fednb-bar img{display:inline;max-width:none;vertical-align:middle}
        </style>
        """.ReplaceLineEndings(""));

    internal static string Of(Markup content)
    {
        Markup whole = $"""<div class="fednb">{style}{content}</div>""";
        return whole.ToString();
    }

    /// <summary>The first line of a view: what it is, and in fainter letters what there is to say about it.</summary>
    internal static Markup Line(string name, params IEnumerable<string?> facts)
    {
        var said = string.Join(" · ", facts.Where(fact => !string.IsNullOrEmpty(fact)));
        return $"""<div class="fednb-line"><b>{name}</b> <span class="fednb-faint">{said}</span></div>""";
    }

    /// <summary>A faint line; none where there is nothing to say.</summary>
    internal static Markup Note(string? text) => string.IsNullOrEmpty(text) ? Markup.None : Markup.Of($"""<div class="fednb-faint">{text}</div>""");

    /// <summary>A line of tags; none where there are none.</summary>
    internal static Markup TagLine(IReadOnlyList<string> tags) => tags.Count == 0 ? Markup.None : Markup.Of($"<div>{Tags(tags)}</div>");

    internal static Markup Tags(IEnumerable<string> tags) => Markup.Join(" ", tags.Select(Tag));

    private static Markup Tag(string tag) => $"""<span class="fednb-tag">{tag}</span>""";
}

using System.Net;

namespace FedNotebook.Magic;

/// <summary>The statement of a magic command, in small print, so that whoever uses the command learns the line.</summary>
internal static class StatementView
{
    internal static string Html(Statement statement)
    {
        var code = $"<code style=\"white-space:pre-wrap;overflow-wrap:anywhere;background:none;color:inherit\">{WebUtility.HtmlEncode(statement.Code)}</code>";
        var remark = statement.Remark is null ? "" : $"<div>{WebUtility.HtmlEncode(statement.Remark)}</div>";
        return $"<div style=\"font-size:12px;opacity:.7;margin-top:4px\">{code}{remark}</div>";
    }

    internal static string Text(Statement statement) => statement.Remark is null ? statement.Code : $"{statement.Code} // {statement.Remark}";
}

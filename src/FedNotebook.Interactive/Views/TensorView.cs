using System.Globalization;
using System.Net;
using TorchSharp;

namespace FedNotebook.Views;

/// <summary>A tensor: its values, of long dimensions the first and the last, and what it is.</summary>
internal static class TensorView
{
    internal static string Text(torch.Tensor tensor) => Values(tensor, TensorStringStyle.Default);

    internal static string Html(torch.Tensor tensor) => tensor.IsInvalid ? "<i>a disposed tensor</i>" :
        $"""<div><pre style="margin:0">{WebUtility.HtmlEncode(Values(tensor, TensorStringStyle.Numpy))}</pre><div style="font-size:12px;opacity:.7;margin-top:4px">{Facts(tensor)}</div></div>""";

    private static string Values(torch.Tensor tensor, TensorStringStyle style) =>
        tensor.IsInvalid ? "a disposed tensor" : tensor.ToString(style, cultureInfo: CultureInfo.InvariantCulture);

    private static string Facts(torch.Tensor tensor)
    {
        var shape = tensor.shape.Length == 0 ? "one number" : $"shape [{string.Join(", ", tensor.shape)}]";
        return string.Join(" · ", (string[])[shape, $"{tensor.dtype}", $"{tensor.device}", .. tensor.requires_grad ? ["requires grad"] : (string[])[]]);
    }
}

using System.Globalization;

namespace TorchSharp
{
    public static partial class torch
    {
        [Utils.TypeFormatterSource(typeof(Utils.TypeFormatterSource))]
        public partial class Tensor
        {
            public override string ToString() => TensorPrinter.Print(this, TensorStringStyle.Metadata, null, null, null, null);

            /// <summary>With the values, in the style that is set for all (torch.TensorStringStyle), if asked for; else without.</summary>
            public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
                ToString(disamb ? TensorStringStyle.Default : TensorStringStyle.Metadata, fltFormat, width, cultureInfo, newLine);

            public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
                TensorPrinter.Print(this, style, fltFormat, width, cultureInfo, newLine);
        }
    }

    public static partial class TensorExtensionMethods
    {
        public static string metastr(this torch.Tensor tensor) => tensor.Needed().ToString(TensorStringStyle.Metadata);

        public static string jlstr(this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null) =>
            tensor.Needed().ToString(TensorStringStyle.Julia, fltFormat, width, cultureInfo, newLine);

        public static string npstr(this torch.Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
            tensor.Needed().ToString(TensorStringStyle.Numpy, fltFormat, width, cultureInfo, newLine);

        public static string cstr(this torch.Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
            tensor.Needed().ToString(TensorStringStyle.CSharp, fltFormat, width, cultureInfo, newLine);

        public static string str(
            this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null,
            TensorStringStyle style = TensorStringStyle.Default) =>
            tensor.Needed().ToString(style, fltFormat, width, cultureInfo, newLine);

        public static torch.Tensor print(
            this torch.Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null,
            TensorStringStyle style = TensorStringStyle.Default)
        {
            Console.WriteLine(t.ToString(style, fltFormat, width, cultureInfo, newLine));
            return t;
        }
    }
}

namespace TorchSharp.Utils
{
    [AttributeUsage(AttributeTargets.Class)]
    public class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;
    }

    /// <summary>Notebooks find this by its name and the names of its members: a tensor shows its values there.</summary>
    internal sealed class TypeFormatterSource
    {
        public IEnumerable<object> CreateTypeFormatters() => [new TensorFormatter("text/plain"), new TensorFormatter("text/html")];
    }

    internal sealed class TensorFormatter(string mimeType)
    {
        public string MimeType => mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not torch.Tensor tensor) return false;
            var text = tensor.Needed().ToString(TensorStringStyle.Default);
            writer.Write(mimeType == "text/html" ? $"<div><pre>{System.Net.WebUtility.HtmlEncode(text)}</pre></div>" : text);
            return true;
        }
    }
}

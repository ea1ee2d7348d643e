using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Printing;

public class PrintingTests
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    private static string Lines(string text) => text.Replace(Environment.NewLine, "\n");

    [Fact]
    public void Without_a_style_only_what_it_is_is_said()
    {
        Assert.Equal("[3x4], type = Float32, device = cpu", zeros(3, 4).ToString());
        Assert.Equal("[], type = Float32, device = cpu, value = 3.5", tensor(3.5f).ToString());
    }

    [Fact]
    public void Julia_aligns_the_columns() =>
        Assert.Equal("[2x3], type = Float64, device = cpu\n   1.5     2 -3\n 1e-07 12346  0\n",
            Lines(tensor(new[,] { { 1.5, 2, -3 }, { 1e-7, 12345.6, 0 } }).ToString(TensorStringStyle.Julia, cultureInfo: Plain)));

    [Fact]
    public void Julia_shows_matrices_one_by_one() =>
        Assert.Equal("[2x1x2], type = Int64, device = cpu\n[0,..,..] =\n 0 1\n\n[1,..,..] =\n 2 3\n", Lines(arange(4).reshape(2, 1, 2).jlstr()));

    [Fact]
    public void Numpy_nests_brackets()
    {
        Assert.Equal("[0, 1, 2]", arange(3).npstr());
        Assert.Equal("[[[0, 1]]\n\n [[2, 3]]]", Lines(arange(4).reshape(2, 1, 2).npstr()));
        Assert.Equal("[1+2i]", tensor(new[] { (1f, 2f) }).npstr());
    }

    [Fact]
    public void Csharp_is_an_array()
    {
        Assert.Equal("[2], type = Float32, device = cpu, value = float [] {0f, 0f}", zeros(2).cstr());
        Assert.Equal("[1x2], type = Bool, device = cpu, value = \nbool [,] {\n {true, false}\n}", Lines(tensor(new[,] { { true, false } }).cstr()));
    }

    [Fact]
    public void Long_dimensions_are_cut()
    {
        Assert.Equal("[0, 1, 2, ... 97, 98, 99]", arange(100).npstr());
        Assert.Equal(8, Lines(zeros(100, 100).jlstr()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\n ...\n", Lines(zeros(100, 2).npstr()));
    }

    [Fact]
    public void Nothing_is_printed_of_no_elements()
    {
        Assert.Equal("[]", zeros(0).npstr());
        Assert.Equal("[0x3], type = Float32, device = cpu\n", Lines(zeros(0, 3).jlstr()));
    }

    [Fact]
    public void A_notebook_finds_the_formatters_by_name()
    {
        var source = typeof(Tensor).GetCustomAttributes(false).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var type = (Type)source.GetType().GetProperty("FormatterSourceType")!.GetValue(source)!;
        dynamic formatters = type.GetMethod("CreateTypeFormatters")!.Invoke(Activator.CreateInstance(type), null)!;
        var byType = new Dictionary<string, string>();
        foreach (object formatter in formatters)
        {
            var writer = new StringWriter();
            Assert.True((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [arange(2), writer])!);
            byType[(string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!] = Lines(writer.ToString());
        }

        Assert.Equal("[2], type = Int64, device = cpu\n 0 1\n", byType["text/plain"]);
        Assert.Equal("<div><pre>[2], type = Int64, device = cpu\n 0 1\n</pre></div>", byType["text/html"]);
    }

    [Fact]
    public void The_options_apply_to_all()
    {
        try
        {
            set_printoptions(2);
            Assert.Equal("[1.23]", tensor(new[] { 1.2345 }).ToString(TensorStringStyle.Numpy, cultureInfo: Plain));
            set_printoptions(style: TensorStringStyle.Numpy, floatFormat: "g5");
            Assert.Equal("[1.2345]", tensor(new[] { 1.2345 }).ToString(true, cultureInfo: Plain));
        }
        finally
        {
            set_printoptions(style: TensorStringStyle.Julia, floatFormat: "g5");
        }
    }
}

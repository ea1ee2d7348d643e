using System.Reflection;
using System.Runtime.CompilerServices;

namespace Plotly.NET.Tests;

// The platform build promises to be a subset of the real package: nothing public beyond the calls that are known to be there.
public class PublicSurfaceTests
{
    private static readonly string[] Expected =
    [
        "Plotly.NET.CSharp.Chart: GenericChart Column(IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Keys?, Optional<String> Name?)",
        "Plotly.NET.CSharp.Chart: GenericChart Combine(IEnumerable<GenericChart> gCharts)",
        "Plotly.NET.CSharp.Chart: GenericChart Grid(IEnumerable<GenericChart> gCharts, Int32 nRows, Int32 nCols)",
        "Plotly.NET.CSharp.Chart: GenericChart Heatmap(IEnumerable<IEnumerable<ZType>> zData, Optional<IEnumerable<XType>> X?, Optional<IEnumerable<YType>> Y?)",
        "Plotly.NET.CSharp.Chart: GenericChart Line(IEnumerable<XType> x, IEnumerable<YType> y, Optional<Boolean> ShowMarkers?, Optional<String> Name?, Optional<Boolean> ShowLegend?, Optional<Double> Opacity?, Optional<Color> LineColor?, Optional<Double> LineWidth?, Optional<DrawingStyle> LineDash?)",
        "Plotly.NET.CSharp.Chart: GenericChart Point(IEnumerable<XType> x, IEnumerable<YType> y, Optional<String> Name?)",
        "Plotly.NET.CSharp.GenericChartExtensions: GenericChart WithSize(GenericChart gChart, Optional<Int32> Width?, Optional<Int32> Height?)",
        "Plotly.NET.CSharp.GenericChartExtensions: GenericChart WithXAxisStyle(GenericChart gChart, Optional<String> TitleText?)",
        "Plotly.NET.CSharp.GenericChartExtensions: GenericChart WithYAxisStyle(GenericChart gChart, Optional<String> TitleText?)",
        "Plotly.NET.CSharp.GenericChartExtensions: Void SaveHtml(GenericChart gChart, String path, Optional<Boolean> OpenInBrowser?)",
        "Plotly.NET.CSharp.Optional`1: Optional<T> op_Implicit(T value)",
        "Plotly.NET.Color: Color fromHex(String s)",
        "Plotly.NET.Color: Color fromRGB(Int32 r, Int32 g, Int32 b)",
        "Plotly.NET.Color: Color fromString(String c)",
        "Plotly.NET.GenericChart: String toChartHTML(GenericChart gChart)",
        "Plotly.NET.GenericChart: String toEmbeddedHTML(GenericChart gChart)",
        "Plotly.NET.GenericChart: String toFigureJson(GenericChart gChart)",
        "Plotly.NET.GenericChart: String toJson(GenericChart gChart)",
        "Plotly.NET.StyleParam+DrawingStyle: DrawingStyle Dash",
        "Plotly.NET.StyleParam+DrawingStyle: DrawingStyle DashDot",
        "Plotly.NET.StyleParam+DrawingStyle: DrawingStyle Dot",
        "Plotly.NET.StyleParam+DrawingStyle: DrawingStyle LongDash",
        "Plotly.NET.StyleParam+DrawingStyle: DrawingStyle LongDashDot",
        "Plotly.NET.StyleParam+DrawingStyle: DrawingStyle Solid",
    ];

    [Fact]
    public void The_public_calls_are_those_of_the_real_package_that_are_listed_and_no_others()
    {
        var found = typeof(GenericChart).Assembly.GetExportedTypes()
            .SelectMany(type => Members(type).Select(member => $"{type.FullName}: {member}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(Expected, found);
    }

    [Fact]
    public void The_public_types_are_those_of_the_real_package_that_are_listed_and_no_others() => Assert.Equal(
        [
            "Plotly.NET.CSharp.Chart", "Plotly.NET.CSharp.GenericChartExtensions", "Plotly.NET.CSharp.Optional`1",
            "Plotly.NET.Color", "Plotly.NET.GenericChart", "Plotly.NET.StyleParam", "Plotly.NET.StyleParam+DrawingStyle",
        ],
        typeof(GenericChart).Assembly.GetExportedTypes().Select(type => type.FullName!).Order(StringComparer.Ordinal));

    // Overrides and what the compiler writes for a record say nothing about the calls.
    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetMembers(declared)
            .Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Select(member => member switch
            {
                ConstructorInfo { IsStatic: false } it when IsVisible(it) => $".ctor({Parameters(it)})",
                MethodInfo it when IsVisible(it) && (!it.IsSpecialName || it.Name == "op_Implicit") && it.GetBaseDefinition() == it
                    => $"{Name(it.ReturnType)} {it.Name}({Parameters(it)})",
                PropertyInfo it when it.GetAccessors().Length > 0 => $"{Name(it.PropertyType)} {it.Name}",
                FieldInfo it when it.IsPublic || it.IsFamily || it.IsFamilyOrAssembly => $"{Name(it.FieldType)} {it.Name}",
                _ => "",
            })
            .Where(text => text != "");
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.IsOptional ? "?" : "")}"));

    private static string Name(Type type) => !type.IsGenericType
        ? type.Name
        : $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
}

namespace TorchSharp;

internal sealed record PrintOptions(TensorStringStyle Style, string FloatFormat, int LineWidth, string NewLine, int MaxRows, int MaxColumns)
{
    public static PrintOptions Current { get; set; } = new(TensorStringStyle.Julia, "g5", 100, Environment.NewLine, 6, 6);
}

public static partial class torch
{
    public const TensorStringStyle julia = TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    public static TensorStringStyle TensorStringStyle
    {
        get => PrintOptions.Current.Style;
        set => set_printoptions(style: value);
    }

    public static void set_printoptions(
        TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null, string? newLine = null, int? maxRows = null, int? maxColumns = null)
    {
        if (linewidth < 1) throw new ArgumentOutOfRangeException(nameof(linewidth), linewidth, "A line is at least 1 wide.");
        if (maxRows < 1) throw new ArgumentOutOfRangeException(nameof(maxRows), maxRows, "At least 1 row is shown.");
        if (maxColumns < 1) throw new ArgumentOutOfRangeException(nameof(maxColumns), maxColumns, "At least 1 column is shown.");
        if (floatFormat is not null) _ = 0.5.ToString(floatFormat);
        var now = PrintOptions.Current;
        PrintOptions.Current = new(
            style is null or TensorStringStyle.Default ? now.Style : style.Value, floatFormat ?? now.FloatFormat, linewidth ?? now.LineWidth, newLine ?? now.NewLine,
            maxRows ?? now.MaxRows, maxColumns ?? now.MaxColumns);
    }

    public static void set_printoptions(
        int precision, int? linewidth = null, string? newLine = null, bool sci_mode = false, int? maxRows = null, int? maxColumns = null) =>
        set_printoptions(null, (sci_mode ? "E" : "F") + precision, linewidth, newLine, maxRows, maxColumns);
}

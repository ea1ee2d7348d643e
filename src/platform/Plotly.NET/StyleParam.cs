namespace Plotly.NET;

public static class StyleParam
{
    public sealed class DrawingStyle
    {
        private DrawingStyle(string name) => Name = name;

        internal string Name { get; }

        public static DrawingStyle Solid { get; } = new("solid");

        public static DrawingStyle Dash { get; } = new("dash");

        public static DrawingStyle Dot { get; } = new("dot");

        public static DrawingStyle DashDot { get; } = new("dashdot");

        public static DrawingStyle LongDash { get; } = new("longdash");

        public static DrawingStyle LongDashDot { get; } = new("longdashdot");
    }
}

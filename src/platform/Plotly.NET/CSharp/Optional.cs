namespace Plotly.NET.CSharp;

public readonly record struct Optional<T>
{
    private Optional(T value)
    {
        Value = value;
        IsSome = value is not null;
    }

    internal T Value { get; }

    internal bool IsSome { get; }

    public static implicit operator Optional<T>(T value) => new(value);
}

namespace FedNotebook.Tests;

/// <summary>A clock that stands still until it is moved, or that moves by a step whenever someone looks at it.</summary>
public sealed class ManualClock : TimeProvider
{
    private long milliseconds;

    public override long TimestampFrequency => 1000;

    public int Step { get; init; }

    public override long GetTimestamp() => milliseconds += Step;

    public void Advance(int by) => milliseconds += by;
}

namespace TorchSharp;

/// <summary>Scopes belong to the thread that opened them: do not hold one across an await.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static List<DisposeScope>? open;
    [ThreadStatic] private static ThreadDisposeScopeStatistics? statistics;

    public static ThreadDisposeScopeStatistics Statistics => statistics ??= new();

    internal static DisposeScope? Current => open is { Count: > 0 } scopes ? scopes[^1] : null;

    internal static DisposeScope Open()
    {
        var scope = new DisposeScope(Current);
        (open ??= []).Add(scope);
        return scope;
    }

    internal static void Ended(DisposeScope scope) => open?.Remove(scope);

    internal static void Created(torch.Tensor tensor)
    {
        var scopes = open;
        if (scopes is { Count: > 0 })
        {
            scopes[^1].Add(tensor);
            Statistics.TensorStatistics.CreatedInScopeCount++;
        }
        else
        {
            Statistics.TensorStatistics.CreatedOutsideScopeCount++;
        }
    }

    internal static void Replaced(torch.Tensor old, torch.Tensor replacement) => old.Scope?.Replace(old, replacement);

    internal static void DisposedOutside() => Statistics.TensorStatistics.DisposedOutsideScopeCount++;

    internal static void Count(Action<LifetimeStatistics> count) => count(Statistics.TensorStatistics);
}

public class LifetimeStatistics
{
    public long CreatedOutsideScopeCount { get; internal set; }
    public long DisposedOutsideScopeCount { get; internal set; }
    public long CreatedInScopeCount { get; internal set; }
    public long DisposedInScopeCount { get; internal set; }
    public long AttachedToScopeCount { get; internal set; }
    public long DetachedFromScopeCount { get; internal set; }

    public long ThreadTotalLiveCount =>
        CreatedOutsideScopeCount + CreatedInScopeCount - DisposedOutsideScopeCount - DisposedInScopeCount;

    public void Reset()
    {
        CreatedOutsideScopeCount = DisposedOutsideScopeCount = CreatedInScopeCount = DisposedInScopeCount = 0;
        AttachedToScopeCount = DetachedFromScopeCount = 0;
    }

    public override string ToString() =>
        $"{nameof(ThreadTotalLiveCount)}: {ThreadTotalLiveCount}, "
        + $"{nameof(CreatedOutsideScopeCount)}: {CreatedOutsideScopeCount}, {nameof(DisposedOutsideScopeCount)}: {DisposedOutsideScopeCount}, "
        + $"{nameof(CreatedInScopeCount)}: {CreatedInScopeCount}, {nameof(DisposedInScopeCount)}: {DisposedInScopeCount}, "
        + $"{nameof(AttachedToScopeCount)}: {AttachedToScopeCount}, {nameof(DetachedFromScopeCount)}: {DetachedFromScopeCount}";
}

public class ThreadDisposeScopeStatistics
{
    public LifetimeStatistics TensorStatistics { get; } = new();
    public LifetimeStatistics PackedSequenceStatistics { get; } = new();

    public long CreatedOutsideScopeCount => TensorStatistics.CreatedOutsideScopeCount;
    public long DisposedOutsideScopeCount => TensorStatistics.DisposedOutsideScopeCount;
    public long CreatedInScopeCount => TensorStatistics.CreatedInScopeCount;
    public long DisposedInScopeCount => TensorStatistics.DisposedInScopeCount;
    public long AttachedToScopeCount => TensorStatistics.AttachedToScopeCount;
    public long DetachedFromScopeCount => TensorStatistics.DetachedFromScopeCount;
    public long ThreadTotalLiveCount => TensorStatistics.ThreadTotalLiveCount;

    public void Reset()
    {
        TensorStatistics.Reset();
        PackedSequenceStatistics.Reset();
    }

    public override string ToString() => TensorStatistics.ToString();
}

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Open();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.Current;

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}

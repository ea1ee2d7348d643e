namespace TorchSharp;

public sealed class DisposeScope : IDisposable
{
    private readonly HashSet<IDisposable> members = new(ReferenceEqualityComparer.Instance);
    private bool disposed;

    internal DisposeScope? Outer { get; }

    internal DisposeScope(DisposeScope? outer) => Outer = outer;

    public IReadOnlyList<IDisposable> DisposablesView => members.ToList();
    public int DisposablesCount => members.Count;

    public bool Contains(IDisposable disposable) => members.Contains(disposable);

    public void Attach(IDisposable disposable)
    {
        ArgumentNullException.ThrowIfNull(disposable);
        if (disposed) throw new ObjectDisposedException(nameof(DisposeScope), "This dispose scope has ended: nothing can be attached to it any more.");
        if (disposable is torch.Tensor { IsInvalid: true }) return;
        if (disposable is torch.Tensor { Scope: { } owner } && owner != this) owner.members.Remove(disposable);
        if (Add(disposable)) DisposeScopeManager.Count(s => s.AttachedToScopeCount++);
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var list = disposables.ToList();
        list.ForEach(Attach);
        return list;
    }

    internal bool Add(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor) tensor.Scope = this;
        return members.Add(disposable);
    }

    internal void Replace(IDisposable old, IDisposable replacement)
    {
        Forget(old);
        Add(replacement);
    }

    private bool Forget(IDisposable disposable)
    {
        if (!members.Remove(disposable)) return false;
        if (disposable is torch.Tensor tensor) tensor.Scope = null;
        return true;
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(Outer, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable => MoveToOther(Outer, first, second);

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => MoveToOther(Outer, first, second, third);

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(Outer, disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(Outer, disposables);

    public T Detach<T>(T disposable) where T : IDisposable => MoveToOther(null, disposable);

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable => MoveToOther(null, first, second);

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => MoveToOther(null, first, second, third);

    public void Detach(params IDisposable[] disposables) => MoveToOther(null, disposables);

    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        Move(scope, disposable);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables.ToList()) Move(scope, disposable);
    }

    private void Move(DisposeScope? scope, IDisposable disposable)
    {
        if (!Forget(disposable)) return;
        if (scope is not null) scope.Add(disposable);
        else DisposeScopeManager.Count(s => s.DetachedFromScopeCount++);
    }

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        var ending = members.Where(m => !keep.Contains(m)).ToList();
        members.IntersectWith(keep);
        foreach (var disposable in ending)
        {
            DisposeScopeManager.Count(s => s.DisposedInScopeCount++);
            disposable.Dispose();
            if (disposable is torch.Tensor tensor) tensor.Scope = null;
        }
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        if (members.Remove(disposable)) DisposeScopeManager.Count(s => s.DisposedInScopeCount++);
    }

    public void Dispose()
    {
        if (disposed) return;
        DisposeEverything();
        disposed = true;
        DisposeScopeManager.Ended(this);
    }
}

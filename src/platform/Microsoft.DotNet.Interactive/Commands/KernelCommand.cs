using System.Text.Json.Serialization;

namespace Microsoft.DotNet.Interactive.Commands;

public abstract class KernelCommand : IEquatable<KernelCommand>
{
    private string? token;
    private int childTokens;

    protected KernelCommand(string? targetKernelName = null) => TargetKernelName = targetKernelName;

    /// <summary>What runs the command; set when a kernel has been found for it.</summary>
    [JsonIgnore]
    public KernelCommandInvocation? Handler { get; set; }

    /// <summary>The command that this one was sent from; null for one that came from outside.</summary>
    [JsonIgnore]
    public KernelCommand? Parent { get; private set; }

    /// <summary>The kernel that sent the command; null where it came from none.</summary>
    public Uri? OriginUri { get; set; }

    /// <summary>The kernel that shall run the command, by its address; it counts more than the name.</summary>
    public Uri? DestinationUri { get; set; }

    /// <summary>The kernels that the command has come through.</summary>
    [JsonIgnore]
    public CommandRoutingSlip RoutingSlip { get; } = new();

    [JsonInclude]
    public string? TargetKernelName { get; internal set; }

    /// <summary>The context in which the command runs; null before and after.</summary>
    [JsonIgnore]
    internal KernelInvocationContext? RunningIn { get; set; }

    /// <summary>Whether what comes of the command is for who sent it only.</summary>
    [JsonIgnore]
    internal bool IsQuiet { get; set; }

    public void SetParent(KernelCommand? parent, bool bubbleEvents = false)
    {
        if (parent is null) return;
        for (KernelCommand? above = parent; above is not null; above = above.Parent)
            if (ReferenceEquals(above, this)) throw new InvalidOperationException("A command cannot be its own parent.");
        if (Parent is not null && !ReferenceEquals(Parent, parent)) throw new InvalidOperationException("The parent of a command cannot be changed.");
        Parent = parent;
    }

    public void SetToken(string token)
    {
        if (this.token is not null && this.token != token) throw new InvalidOperationException("The token of a command cannot be changed.");
        this.token = token;
    }

    public string GetOrCreateToken() => token ??= Parent is { } parent
        ? $"{parent.GetOrCreateToken()}.{Interlocked.Increment(ref parent.childTokens)}"
        : Guid.NewGuid().ToString("N");

    public virtual Task InvokeAsync(KernelInvocationContext context) =>
        Handler is { } handler ? handler(this, context) : throw new NoSuitableKernelException(this);

    public bool Equals(KernelCommand? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => obj is KernelCommand other && Equals(other);

    public override int GetHashCode() => base.GetHashCode();

    public override string ToString() => GetType().Name;

    internal bool IsSelfOrDescendantOf(KernelCommand other)
    {
        for (KernelCommand? c = this; c is not null; c = c.Parent)
            if (ReferenceEquals(c, other)) return true;
        return false;
    }
}

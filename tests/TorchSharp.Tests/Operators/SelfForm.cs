namespace TorchSharp.Tests.Operators;

/// <summary>In what form a method finds the tensor that it is called on, and perhaps writes to.</summary>
internal enum SelfForm
{
    /// <summary>As it is; only the results are looked at.</summary>
    Itself,

    /// <summary>As it is; what is written to it is looked at as well, as in all that follow.</summary>
    Whole,

    /// <summary>Every second place of a bigger one.</summary>
    EverySecond,

    /// <summary>One row that stands for all.</summary>
    Expanded,

    /// <summary>Made of one that wants a gradient.</summary>
    Made,

    /// <summary>The same, and autograd needs its old values: writing to it makes going backward impossible.</summary>
    Needed,
}

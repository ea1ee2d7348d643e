using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>An object that takes part in an operation.</summary>
/// <param name="Reference">How the message names it; null: this argument is a plain value.</param>
/// <param name="Entry">The object in the store.</param>
/// <param name="Tensor">The object or its part, where that is a tensor.</param>
internal readonly record struct Input(ObjectReference? Reference, StoredObject Entry, Tensor? Tensor);

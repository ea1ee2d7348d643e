namespace FedNotebook.Views;

/// <summary>A station on the way of a pointer: a worker, and the id of what it holds there.</summary>
internal readonly record struct PointerHop(string Worker, long Id);

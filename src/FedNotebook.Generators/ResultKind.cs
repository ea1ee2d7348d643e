namespace FedNotebook.Generators;

/// <summary>What an operation gives back.</summary>
internal enum ResultKind { None, One, Tuple, List, Other }

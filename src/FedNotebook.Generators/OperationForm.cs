namespace FedNotebook.Generators;

/// <summary>How C# writes an operation.</summary>
internal enum OperationForm { Method, Property, Indexer, Operator, Function }

using System.Reflection;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>A variable of a cell: a field of the cell's object.</summary>
internal sealed record ScriptVariable(object Owner, FieldInfo Field)
{
    public string Name => Field.Name;

    public Type Type => Field.FieldType;

    public object? Value
    {
        get => Field.GetValue(Owner);
        set => Field.SetValue(Owner, value);
    }
}

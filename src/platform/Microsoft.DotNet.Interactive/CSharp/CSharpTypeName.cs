namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>How a cell writes a type.</summary>
internal static class CSharpTypeName
{
    /// <summary>The name of the type, or of the nearest base type that a cell can name.</summary>
    public static string Of(Type? type)
    {
        while (type is not null && !IsNameable(type)) type = type.BaseType;
        return type is null ? "object" : Write(type);
    }

    private static bool IsNameable(Type type) =>
        type.IsArray ? IsNameable(type.GetElementType()!)
        : !type.IsByRefLike && !type.IsPointer && type.IsVisible && !type.Name.StartsWith('<') && type.GetGenericArguments().All(IsNameable);

    private static string Write(Type type)
    {
        if (type.IsArray) return $"{Write(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        var arguments = type.GetGenericArguments();
        var chain = new Stack<Type>();
        // A type that a cell has declared lies inside that cell's class, which later cells do not name.
        for (var t = type; t is not null && !t.Name.StartsWith("Submission#", StringComparison.Ordinal); t = t.DeclaringType) chain.Push(t);
        var prefix = chain.Peek().DeclaringType is not null ? "" : string.IsNullOrEmpty(type.Namespace) ? "global::" : $"global::{type.Namespace}.";
        var used = 0;
        return prefix + string.Join('.', chain.Select(t =>
        {
            var own = t.GetGenericArguments().Length;
            var name = t.Name.Split('`')[0];
            if (own <= used) return name;
            var text = $"{name}<{string.Join(", ", arguments[used..own].Select(Write))}>";
            used = own;
            return text;
        }));
    }
}

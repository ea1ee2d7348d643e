using System;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FedNotebook.Generators;

/// <summary>A parameter of an operation, as TorchSharp has it and as a pointer shows it.</summary>
internal sealed class Parameter
{
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.CSharpShortErrorMessageFormat
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly IParameterSymbol symbol;

    public Parameter(IParameterSymbol symbol, Rules rules)
    {
        this.symbol = symbol;
        IsObject = rules.IsObject(symbol.Type) || rules.IsObjects(symbol.Type);
        IsOneObject = rules.IsObject(symbol.Type);

        // A default of null says more than the annotation, which is missing where upstream has not enabled them.
        var nullable = symbol is { HasExplicitDefaultValue: true, ExplicitDefaultValue: null } && symbol.Type.IsReferenceType
            && symbol.Type.NullableAnnotation != NullableAnnotation.Annotated;
        LocalType = symbol.Type.ToDisplayString(Full) + (nullable ? "?" : "");
    }

    public bool IsObject { get; }

    public bool IsOneObject { get; }

    /// <summary>Whether null is no value for it.</summary>
    public bool IsRequired => symbol.Type.IsReferenceType && !LocalType.EndsWith("?");

    public string Name => Emit.Identifier(symbol.Name);

    public string ShortType => symbol.Type.ToDisplayString(Short).Replace("torch.", "").Replace(" ", "");

    /// <summary>The type in TorchSharp.</summary>
    public string LocalType { get; }

    /// <summary>The type in a pointer's member: where TorchSharp takes a tensor, a pointer.</summary>
    public string PointerType(string pointer) => Regex.Replace(LocalType, @"global::TorchSharp\.torch\.Tensor\b", pointer);

    /// <summary>The parameter as C# declares it, over tensors (null) or over a type of pointers.</summary>
    public string Declaration(string? pointer) =>
        (symbol.IsParams ? "params " : "") + (pointer is null ? LocalType : PointerType(pointer)) + " " + Name + (symbol.HasExplicitDefaultValue ? " = " + Default : "");

    private string Default => symbol.ExplicitDefaultValue switch
    {
        null => "default",
        bool b => b ? "true" : "false",
        string s => SymbolDisplay.FormatLiteral(s, quote: true),
        char c => SymbolDisplay.FormatLiteral(c, quote: true),
        double d when double.IsPositiveInfinity(d) => "double.PositiveInfinity",
        double d when double.IsNegativeInfinity(d) => "double.NegativeInfinity",
        double d => Cast(d.ToString("R", CultureInfo.InvariantCulture) + "D"),
        float f => Cast(f.ToString("R", CultureInfo.InvariantCulture) + "F"),
        long n => Cast(n.ToString(CultureInfo.InvariantCulture) + "L"),
        IFormattable n => Cast(n.ToString(null, CultureInfo.InvariantCulture)),
        var other => other.ToString(),
    };

    private string Cast(string literal)
    {
        var type = symbol.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : symbol.Type;
        return type.TypeKind == TypeKind.Enum ? $"({type.ToDisplayString(Full)})({literal})" : literal;
    }
}

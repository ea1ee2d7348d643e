using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FedNotebook.Generators;

/// <summary>One operation: a member of TorchSharp's tensor, or a function of <c>torch</c> or <c>torch.nn.functional</c>.</summary>
internal sealed class Operation
{
    private Operation(string name, IMethodSymbol method, OperationForm form, Rules rules)
    {
        Method = method;
        Form = form;
        Result = rules.ResultOf(method);
        Parameters = method.Parameters.Select(p => new Parameter(p, rules)).ToList();
        Name = $"{name}({string.Join(",", Parameters.Select(p => p.ShortType))})";
    }

    /// <summary>The name in messages: the member's name and its parameters' types, since names are overloaded.</summary>
    public string Name { get; }

    public IMethodSymbol Method { get; }

    public OperationForm Form { get; }

    public ResultKind Result { get; }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>PyTorch marks what changes its tensor by a trailing underscore.</summary>
    public bool IsInPlace => Form is OperationForm.Method or OperationForm.Function && Result == ResultKind.One && Method.Name.EndsWith("_") && !Method.Name.EndsWith("__");

    /// <summary>The places of the worker's arguments that it changes: in place the first, <c>out</c>, and what is updated on the way.</summary>
    public IReadOnlyList<int> Writes
    {
        get
        {
            var shift = Form is OperationForm.Operator or OperationForm.Function ? 0 : 1;
            var names = Method.Parameters.Select(p => p.Name).ToList();
            var places = names.Select((name, i) => Rules.IsWritten(name, names) ? i + shift : -1).Where(i => i >= 0);
            return (IsInPlace || names.Contains("inplace") ? places.Concat([0]) : places).Distinct().OrderBy(i => i).ToList();
        }
    }

    /// <summary>
    /// How far this overload goes before others of its name: a literal 0 is also a value of any enum, so that sum(0) would be
    /// the sum as the type number 0 (bytes) where an overload takes a type in the dimension's place.
    /// </summary>
    public int Priority => Form is OperationForm.Method or OperationForm.Function
        ? Method.ContainingType.GetMembers(Method.Name).OfType<IMethodSymbol>().Select(NumbersBeforeEnum).DefaultIfEmpty().Max()
        : 0;

    // The whole numbers that this one takes, in a row, from the first place on where the other takes an enum.
    private int NumbersBeforeEnum(IMethodSymbol other)
    {
        var pairs = Method.Parameters.Zip(other.Parameters, (own, theirs) => (Own: own.Type, Theirs: theirs.Type)).ToList();
        var place = pairs.FindIndex(p => !SymbolEqualityComparer.Default.Equals(p.Own, p.Theirs));
        return place >= 0 && IsEnum(pairs[place].Theirs) ? Method.Parameters.Skip(place).TakeWhile(p => p.Type.SpecialType == SpecialType.System_Int64).Count() : 0;
    }

    private static bool IsEnum(ITypeSymbol type) =>
        (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type).TypeKind == TypeKind.Enum;

    /// <summary>C#'s operators give new tensors; a method may give a view.</summary>
    public bool IsFresh => Form is OperationForm.Operator;

    public static Operation? FromTensorMember(ISymbol member, Rules rules) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false } m when rules.MayRun(m) => new(m.Name, m, OperationForm.Method, rules),
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator } m when rules.MayRun(m) && Emit.OperatorOf(m) is not null =>
            new(Emit.OperatorOf(m)!, m, OperationForm.Operator, rules),
        IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod: { } get } p when rules.MayRun(get) => new(p.Name, get, OperationForm.Property, rules),
        IPropertySymbol { IsStatic: false, IsIndexer: true, GetMethod: { } get } when rules.MayRun(get) => new("getitem", get, OperationForm.Indexer, rules),
        _ => null,
    };

    /// <summary>The operation that a static function over tensors is; null for any other member.</summary>
    /// <param name="prefix">What its name in messages begins with.</param>
    public static Operation? FromFunction(ISymbol member, string prefix, Rules rules) =>
        member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: true } m && rules.MayRun(m)
        && m.Parameters.Any(p => rules.IsObject(p.Type) || rules.IsObjects(p.Type))
            ? new(prefix + m.Name, m, OperationForm.Function, rules)
            : null;
}

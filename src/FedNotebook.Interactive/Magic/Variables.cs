using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Magic;

/// <summary>The variables that the C# cells have at this moment.</summary>
internal sealed class Variables
{
    /// <summary>The kernel formats each variable that it lists. In this type that costs nothing, and no lazy sequence is read on the way.</summary>
    internal const string Unread = "text/plain+fednotebook-unread";

    private const int Listed = 10;

    private readonly CSharpKernel kernel;
    private readonly Variable[] all;

    private Variables(CSharpKernel kernel, Variable[] all)
    {
        this.kernel = kernel;
        this.all = all;
    }

    internal static async Task<Variables> Of(CSharpKernel kernel)
    {
        var listed = (await kernel.SendAsync(new RequestValueInfos(kernel.Name, Unread))).Events.OfType<ValueInfosProduced>().Last();
        return new Variables(kernel, [.. listed.ValueInfos.Select(info => new Variable(info.Name, info.Type ?? typeof(object)))]);
    }

    /// <summary>Those whose type is fit for something.</summary>
    internal IEnumerable<Variable> Where(Func<Type, bool> isFit) => all.Where(variable => isFit(variable.Type));

    /// <summary>The variable that an argument names.</summary>
    /// <param name="argument">The parameter.</param>
    /// <param name="name">Its value.</param>
    /// <param name="isFit">Which types are fit.</param>
    /// <param name="wanted">What these types are called: <c>a tensor or a model</c>.</param>
    /// <param name="verb">What shall be done with it: <c>sent</c>.</param>
    /// <exception cref="MagicException">There is no such variable, its type is another, or it is null.</exception>
    internal (Variable Variable, object Value) Find(Argument argument, string name, Func<Type, bool> isFit, string wanted, string verb)
    {
        if (all.FirstOrDefault(variable => variable.Name == name) is not { } found)
            throw argument.Error(Missing(name, [.. Where(isFit).Select(variable => variable.Name)], verb));
        var value = ValueOf(found);
        if (isFit(found.Type))
            return (found, value ?? throw argument.Error($"{name} is null; {wanted} can be {verb}."));
        throw argument.Error(value is not null && isFit(value.GetType())
            ? $"{name} is declared as {Name(found.Type)}, so C# does not know that it is {Name(value.GetType())}. Declare it with var, or as what it is."
            : $"{name} is of the type {Name(found.Type)}; only {wanted} can be {verb}.");
    }

    /// <summary>The workers that variables stand for.</summary>
    internal IEnumerable<(Variable Variable, BaseWorker Worker)> Workers()
    {
        foreach (var variable in Where(typeof(BaseWorker).IsAssignableFrom))
            if (ValueOf(variable) is BaseWorker worker) yield return (variable, worker);
    }

    /// <summary>A type as a person says it.</summary>
    internal static string Name(Type type) => type.Name.Split('`')[0];

    private object? ValueOf(Variable variable) => kernel.TryGetValue<object>(variable.Name, out var value) ? value : null;

    private static string Missing(string name, IReadOnlyList<string> fit, string verb)
    {
        var isName = Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name);
        var text = isName ? $"there is no variable {name}." : $"{CSharpName.Quote(name)} is not the name of a variable. A value gets a name by: var part = {name};";
        return fit.Count == 0 ? $"{text} No variable can be {verb} yet."
            : $"{text} These can be {verb}: {string.Join(", ", fit.Take(Listed))}{(fit.Count > Listed ? $" and {fit.Count - Listed} more" : "")}.";
    }
}

namespace FedNotebook.Magic;

/// <summary>The workers that a magic command can name: those of the process, and those that a variable stands for.</summary>
internal sealed class KnownWorkers(Variables variables)
{
    /// <summary>What a second name without a parameter may have been meant as.</summary>
    internal const string Several = " Several workers are --to NAME --to NAME.";

    private const int Listed = 10;

    private readonly (Variable Variable, BaseWorker Worker)[] named = [.. variables.Workers()];

    /// <summary>Every worker once, by id.</summary>
    internal IEnumerable<BaseWorker> All =>
        sy.local_worker._known_workers.Values.Union(named.Select(pair => pair.Worker)).OrderBy(worker => worker.id, StringComparer.Ordinal);

    /// <summary>The workers that an argument names, each once, as statements mention them.</summary>
    /// <exception cref="MagicException">One does not exist, or comes twice.</exception>
    internal IReadOnlyList<string> Mention(Argument argument, IReadOnlyList<string> names)
    {
        if (names.Count == 0) throw argument.Error("the name of a worker is missing.");
        BaseWorker[] workers = [.. names.Select(name => Find(argument, name))];
        for (var i = 1; i < workers.Length; i++)
            if (workers[..i].Contains(workers[i])) throw argument.Error($"the worker {DirectiveText.Of(workers[i].id)} is named more than once; name each worker once.");
        return [.. workers.Select(Mention)];
    }

    /// <summary>How a statement mentions a worker: by its variable, or else by its id.</summary>
    internal string Mention(BaseWorker worker)
    {
        var names = named.Where(pair => ReferenceEquals(pair.Worker, worker)).Select(pair => pair.Variable).ToList();
        if (names.Find(variable => variable.Name == VariableOf(worker.id)) is { } own) return own.Code;
        if (names.Count > 0) return names[0].Code;
        if (ReferenceEquals(worker, sy.local_worker)) return "sy.local_worker";
        return worker is VirtualWorker ? $"sy.VirtualWorker({CSharpName.Quote(worker.id)})" : $"sy.local_worker.get_worker({CSharpName.Quote(worker.id)})!";
    }

    /// <summary>The variable that a worker gets: its id, or the nearest name that C# allows.</summary>
    internal static string VariableOf(string id) => CSharpName.Nearest(id, "worker");

    private BaseWorker Find(Argument argument, string name)
    {
        var byId = sy.local_worker.get_worker(name) ?? named.Select(pair => pair.Worker).FirstOrDefault(worker => worker.id == name);
        var byVariable = named.FirstOrDefault(pair => pair.Variable.Name == name).Worker;
        if (byId is not null && byVariable is not null && !ReferenceEquals(byId, byVariable))
            throw argument.Error($"{name} is the id of one worker, and the variable {name} is another one, {byVariable.id}. Name the one by its variable, the other as {byVariable.id}, or give the variable another name.");
        return byId ?? byVariable ?? throw argument.Error(Unknown(name));
    }

    private string Unknown(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "the name of a worker is missing.";
        string[] known = [.. All.Select(worker => DirectiveText.Of(worker.id))];
        var list = string.Join(", ", known.Take(Listed)) + (known.Length > Listed ? $" and {known.Length - Listed} more" : "");
        return $"there is no worker {DirectiveText.Of(name)}. Known workers: {list}. This makes it: #!worker {DirectiveText.Of(name)}";
    }
}

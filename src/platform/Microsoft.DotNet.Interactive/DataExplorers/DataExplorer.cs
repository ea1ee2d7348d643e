using System.Collections.Concurrent;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace Microsoft.DotNet.Interactive;

/// <summary>The ways in which data can be looked at, by the type of the data.</summary>
public static class DataExplorer
{
    private static readonly ConcurrentDictionary<Type, ConcurrentDictionary<string, Type>> Explorers = new();
    private static readonly ConcurrentDictionary<Type, Type> Defaults = new();

    static DataExplorer() => ResetToDefault();

    /// <summary>Forgets what has been registered.</summary>
    public static void ResetToDefault()
    {
        Explorers.Clear();
        Defaults.Clear();
        Register<TabularDataResource, TabularDataResourceSummaryExplorer>();
        SetDefault<TabularDataResource, TabularDataResourceSummaryExplorer>();
    }

    /// <param name="dataExplorerTypeName">The name of the explorer's type.</param>
    /// <param name="data">What it shows.</param>
    /// <exception cref="InvalidOperationException">Nobody has registered such an explorer.</exception>
    public static DataExplorer<TData> Create<TData>(string dataExplorerTypeName, TData data) =>
        TypesFor(typeof(TData)).FirstOrDefault(known => known.ContainsKey(dataExplorerTypeName)) is { } types ? Make(types[dataExplorerTypeName], data)
            : throw new InvalidOperationException($"There is no explorer named '{dataExplorerTypeName}' for {typeof(TData)}.");

    /// <exception cref="InvalidOperationException">There is none for this type of data.</exception>
    public static DataExplorer<TData> CreateDefault<TData>(TData data)
    {
        var type = Defaults.FirstOrDefault(d => d.Key.IsAssignableFrom(typeof(TData))).Value ?? TypesFor(typeof(TData)).SelectMany(known => known.Values).FirstOrDefault();
        return type is not null ? Make(type, data) : throw new InvalidOperationException($"There is no explorer for {typeof(TData)}: register one first.");
    }

    public static void SetDefault<TData, TExplorer>()
        where TExplorer : DataExplorer<TData>
    {
        Register<TData, TExplorer>();
        Defaults[typeof(TData)] = typeof(TExplorer);
    }

    /// <exception cref="ArgumentException">The explorer is not one for this type of data.</exception>
    public static void Register(Type dataType, Type dataExplorerType)
    {
        if (!dataExplorerType.IsAssignableTo(typeof(DataExplorer<>).MakeGenericType(dataType)))
            throw new ArgumentException($"{dataExplorerType} is not a {typeof(DataExplorer<>).MakeGenericType(dataType)}.", nameof(dataExplorerType));
        Explorers.GetOrAdd(dataType, _ => new())[dataExplorerType.Name] = dataExplorerType;
    }

    public static void Register<TData, TExplorer>()
        where TExplorer : DataExplorer<TData>
    {
        DataExplorer<TData>.RegisterFormatters();
        Register(typeof(TData), typeof(TExplorer));
    }

    private static IEnumerable<ConcurrentDictionary<string, Type>> TypesFor(Type dataType) => Explorers.Where(e => e.Key.IsAssignableFrom(dataType)).Select(e => e.Value);

    private static DataExplorer<TData> Make<TData>(Type type, TData data) => Activator.CreateInstance(type, data) as DataExplorer<TData>
        ?? throw new InvalidOperationException($"{type} is not an explorer of {typeof(TData)}.");
}

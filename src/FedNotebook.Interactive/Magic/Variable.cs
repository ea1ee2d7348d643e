namespace FedNotebook.Magic;

/// <summary>A variable of the C# cells.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it was declared as, which is what C# goes by.</param>
internal sealed record Variable(string Name, Type Type)
{
    /// <summary>How a statement mentions it.</summary>
    internal string Code => CSharpName.Mention(Name);
}

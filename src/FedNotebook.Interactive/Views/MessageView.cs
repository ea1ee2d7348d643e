using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Views;

/// <summary>The messages that a worker got: what each is about, and never the values that it brings.</summary>
internal static class MessageView
{
    private const int Listed = 50;

    internal static string Html(IReadOnlyCollection<Message> messages) => messages.Count == 0 ? Frame.Of(Frame.Note("no messages")) : Frame.Of($"""
        {Table.Of(["type", "message", "about"], messages.Take(Listed).Select(Row))}{Frame.Note(Amount.Listed(Listed, messages.Count, "messages"))}
        """);

    internal static string Html(Message message) => Html([message]);

    internal static string Text(Message message) => $"{message.Type} {message.GetType().Name}: {About(message)}";

    internal static string Text(IReadOnlyCollection<Message> messages) => messages.Count == 0 ? "no messages" : string.Join('\n', messages.Take(Listed).Select(Text)) +
        (messages.Count > Listed ? "\n" + Amount.Listed(Listed, messages.Count, "messages") : "");

    private static IReadOnlyList<Markup> Row(Message message) => [$"{message.Type.ToString()}", $"{message.GetType().Name}", $"{About(message)}"];

    private static string About(Message message) => message switch
    {
        ObjectMessage m => $"keep {m.Id}: {Object(m)}",
        OperationMessage m => $"run {m.Name.Split('(')[0]} over {string.Join(", ", m.Arguments.Select(Argument))}",
        ObjectRequestMessage m => $"give {m.Id} away{For(m.User)}",
        TransferMessage m => $"give {m.Id} to {m.To}{For(m.User)}",
        RemoteGetMessage m => $"get what {m.Id} points to{For(m.User)}",
        GetShapeMessage m => $"tell the shape of {Reference(m.Of)}",
        IsNoneMessage m => $"tell whether {Reference(m.Of)} is there",
        SearchMessage m => $"search {string.Join(" ", m.Terms)}".TrimEnd(),
        ForceObjectDeleteMessage m => $"delete {m.Id}",
        _ => "",
    };

    private static string Object(ObjectMessage message)
    {
        var facts = ObjectFacts.Of(message.Object);
        return string.Join(" ", ((string[])[facts.Kind, Amount.Shape(facts.Shape), facts.Dtype]).Where(fact => fact.Length > 0));
    }

    private static string Argument(object? argument) => argument switch
    {
        null => "null",
        ObjectReference reference => Reference(reference),
        object?[] several => $"[{string.Join(", ", several.Take(10).Select(Argument))}{(several.Length > 10 ? ", ..." : "")}]",
        string or IConvertible => FormattableString.Invariant($"{argument}"),
        Scalar number => FormattableString.Invariant($"{Value(number)}"),
        _ => argument.GetType().Name,
    };

    // TorchSharp's number has no text of its own.
    private static object Value(Scalar number) => number.Type switch
    {
        ScalarType.Bool => number.ToBoolean(),
        ScalarType.Int64 => number.ToInt64(),
        ScalarType.ComplexFloat64 => number.ToComplexFloat64(),
        _ => number.ToDouble(),
    };

    private static string Reference(ObjectReference reference) => reference.Attribute is null ? $"{reference.Id}" : $"{reference.Id}.{reference.Attribute}";

    private static string For(string? user) => user is null ? "" : $" for {user}";
}

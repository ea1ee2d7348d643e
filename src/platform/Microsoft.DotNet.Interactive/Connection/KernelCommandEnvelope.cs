using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>A command as it goes from process to process: `{"token", "commandType", "command", "routingSlip"}`.</summary>
public abstract class KernelCommandEnvelope : IKernelCommandEnvelope
{
    private static readonly ConcurrentDictionary<string, Type> Types = new();

    private readonly KernelCommand command;

    static KernelCommandEnvelope() => RegisterDefaults();

    protected KernelCommandEnvelope(KernelCommand command) => this.command = command ?? throw new ArgumentNullException(nameof(command));

    public abstract string CommandType { get; }

    public string Token => command.GetOrCreateToken();

    KernelCommand IKernelCommandEnvelope.Command => command;

    /// <summary>Makes a type of command known by its name; a later type of the same name takes its place.</summary>
    public static void RegisterCommand<T>()
        where T : KernelCommand => RegisterCommand(typeof(T));

    /// <inheritdoc cref="RegisterCommand{T}"/>
    public static void RegisterCommand(Type commandType) => Types[commandType.Name] = commandType;

    /// <summary>Makes the types of command of this assembly known, and them only.</summary>
    public static void RegisterDefaults()
    {
        Types.Clear();
        foreach (var type in (ReadOnlySpan<Type>)
                 [
                     typeof(AddPackage), typeof(AddPackageSource), typeof(Cancel), typeof(DisplayError), typeof(DisplayValue), typeof(ImportDocument), typeof(Quit), typeof(RequestCompletions),
                     typeof(RequestDiagnostics), typeof(RequestHoverText), typeof(RequestInput), typeof(RequestInputs), typeof(RequestKernelInfo), typeof(RequestSignatureHelp), typeof(RequestValue),
                     typeof(RequestValueInfos), typeof(SendEditableCode), typeof(SendValue), typeof(SubmitCode), typeof(UpdateDisplayedValue),
                 ])
            RegisterCommand(type);
    }

    public static IKernelCommandEnvelope Create(KernelCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Types.TryAdd(command.GetType().Name, command.GetType());
        return (IKernelCommandEnvelope)Activator.CreateInstance(typeof(KernelCommandEnvelope<>).MakeGenericType(command.GetType()), command)!;
    }

    /// <returns>The command; null where the text is JSON, but no command.</returns>
    /// <exception cref="JsonException">The text is no JSON, nobody knows the type of the command, or the command is broken.</exception>
    public static IKernelCommandEnvelope? Deserialize(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Deserialize(document.RootElement);
    }

    /// <inheritdoc cref="Deserialize(string)"/>
    public static IKernelCommandEnvelope? Deserialize(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("commandType", out var name) || string.IsNullOrWhiteSpace(name.GetString()) || !json.TryGetProperty("command", out var values)) return null;
        if (Find(name.GetString()!) is not { } type) throw new JsonException($"'{name.GetString()}' is not a command that is known here.");
        KernelCommand command;
        try
        {
            command = (KernelCommand)(values.Deserialize(type, Serializer.JsonSerializerOptions) ?? throw new JsonException($"The {type.Name} is null."));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new JsonException($"The {type.Name} is broken: {e.Message}", e);
        }

        if (json.TryGetProperty("token", out var token) && token.GetString() is { Length: > 0 } known) command.SetToken(known);
        if (json.TryGetProperty("routingSlip", out var slip) && slip.ValueKind == JsonValueKind.Array) command.RoutingSlip.Restore(slip.EnumerateArray().Select(uri => new Uri(uri.GetString()!)));
        return Create(command);
    }

    public static string Serialize(KernelCommand command) => Serialize(Create(command));

    public static string Serialize(IKernelCommandEnvelope envelope) => ToJson(envelope.Command).ToJsonString(Serializer.JsonSerializerOptions);

    internal static Type? Find(string name) => Types.GetValueOrDefault(name);

    internal static JsonObject ToJson(KernelCommand command) => new()
    {
        ["token"] = command.GetOrCreateToken(),
        ["commandType"] = command.GetType().Name,
        ["command"] = JsonSerializer.SerializeToNode(command, command.GetType(), Serializer.JsonSerializerOptions),
        ["routingSlip"] = new JsonArray([.. command.RoutingSlip.ToUriArray().Select(uri => (JsonNode)uri)]),
    };
}

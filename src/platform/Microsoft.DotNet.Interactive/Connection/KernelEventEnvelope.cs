using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>An event as it goes from process to process: `{"event", "eventType", "command", "routingSlip"}`.</summary>
public abstract class KernelEventEnvelope : IKernelEventEnvelope
{
    private static readonly ConcurrentDictionary<string, Type> Types = new();

    private readonly KernelEvent @event;

    static KernelEventEnvelope() => RegisterDefaults();

    protected KernelEventEnvelope(KernelEvent @event) => this.@event = @event ?? throw new ArgumentNullException(nameof(@event));

    /// <summary>The name of the type of the command that the event is about; null where it is about none.</summary>
    public string? CommandType => @event.Command is null or NoCommand ? null : @event.Command.GetType().Name;

    public abstract string EventType { get; }

    KernelEvent IKernelEventEnvelope.Event => @event;

    /// <summary>Makes a type of event known by its name; a later type of the same name takes its place.</summary>
    public static void RegisterEvent<TEvent>()
        where TEvent : KernelEvent => RegisterEvent(typeof(TEvent));

    /// <inheritdoc cref="RegisterEvent{TEvent}"/>
    public static void RegisterEvent(Type eventType) => Types[eventType.Name] = eventType;

    /// <summary>Makes the types of event of this assembly known, and them only.</summary>
    public static void RegisterDefaults()
    {
        Types.Clear();
        foreach (var type in typeof(KernelEvent).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(KernelEvent)) && !type.IsAbstract)) RegisterEvent(type);
    }

    public static IKernelEventEnvelope Create(KernelEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        Types.TryAdd(@event.GetType().Name, @event.GetType());
        return (IKernelEventEnvelope)Activator.CreateInstance(typeof(KernelEventEnvelope<>).MakeGenericType(@event.GetType()), @event)!;
    }

    /// <exception cref="JsonException">The text is no JSON, or not an event that is known here.</exception>
    public static IKernelEventEnvelope Deserialize(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Deserialize(document.RootElement);
    }

    /// <inheritdoc cref="Deserialize(string)"/>
    public static IKernelEventEnvelope Deserialize(JsonElement jsonObject) => DeserializeWithCommand(
        jsonObject, jsonObject.ValueKind == JsonValueKind.Object && jsonObject.TryGetProperty("command", out var command) ? KernelCommandEnvelope.Deserialize(command)?.Command : null);

    /// <inheritdoc cref="Deserialize(string)"/>
    /// <param name="json">The text.</param>
    /// <param name="command">The command that the event is about.</param>
    public static IKernelEventEnvelope DeserializeWithCommand(string json, KernelCommand? command)
    {
        using var document = JsonDocument.Parse(json);
        return DeserializeWithCommand(document.RootElement, command);
    }

    /// <inheritdoc cref="DeserializeWithCommand(string, KernelCommand)"/>
    public static IKernelEventEnvelope DeserializeWithCommand(JsonElement jsonObject, KernelCommand? command)
    {
        if (jsonObject.ValueKind != JsonValueKind.Object || !jsonObject.TryGetProperty("eventType", out var name) || !jsonObject.TryGetProperty("event", out var values)) throw new JsonException("This is not an event.");
        if (!Types.TryGetValue(name.GetString() ?? "", out var type)) throw new JsonException($"'{name.GetString()}' is not an event that is known here.");
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length) ?? throw new JsonException($"{type.Name} cannot be made from outside.");
        try
        {
            var made = (KernelEvent)constructor.Invoke([.. constructor.GetParameters().Select(parameter => Argument(parameter, values, command ?? NoCommand.Instance))]);
            if (jsonObject.TryGetProperty("routingSlip", out var slip) && slip.ValueKind == JsonValueKind.Array) made.RoutingSlip.Restore(slip.EnumerateArray().Select(uri => new Uri(uri.GetString()!)));
            return Create(made);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or InvalidOperationException or TargetInvocationException)
        {
            throw new JsonException($"The {type.Name} is broken: {e.GetBaseException().Message}", e);
        }
    }

    public static string Serialize(KernelEvent @event) => Serialize(Create(@event));

    public static string Serialize(IKernelEventEnvelope eventEnvelope)
    {
        var @event = eventEnvelope.Event;
        return new JsonObject
        {
            ["event"] = JsonSerializer.SerializeToNode(@event, @event.GetType(), Serializer.JsonSerializerOptions),
            ["eventType"] = eventEnvelope.EventType,
            ["command"] = @event.Command is null or NoCommand ? null : KernelCommandEnvelope.ToJson(@event.Command),
            ["routingSlip"] = new JsonArray([.. @event.RoutingSlip.ToUriArray().Select(uri => (JsonNode)uri)]),
        }.ToJsonString(Serializer.JsonSerializerOptions);
    }

    // The parameters of an event's constructor have the names of its properties.
    private static object? Argument(ParameterInfo parameter, JsonElement values, KernelCommand command)
    {
        if (parameter.ParameterType.IsAssignableTo(typeof(KernelCommand))) return command;
        var property = values.EnumerateObject().FirstOrDefault(p => p.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
        if (property.Value.ValueKind != JsonValueKind.Undefined) return property.Value.Deserialize(parameter.ParameterType, Serializer.JsonSerializerOptions);
        return parameter.HasDefaultValue ? parameter.DefaultValue : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
    }
}

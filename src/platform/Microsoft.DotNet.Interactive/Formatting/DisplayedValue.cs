using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Formatting;

public class DisplayedValue
{
    private readonly KernelInvocationContext? context;
    private readonly string[] mimeTypes = [];

    public DisplayedValue(object? value, IReadOnlyList<FormattedValue> formattedValues)
    {
        Value = value;
        FormattedValues = formattedValues;
    }

    private DisplayedValue(object? value, string[] mimeTypes, IReadOnlyList<FormattedValue> formattedValues, KernelInvocationContext? context)
        : this(value, formattedValues)
    {
        this.mimeTypes = mimeTypes;
        this.context = context;
    }

    /// <summary>The id of the output that shows the value: the same in the event that produced it and in every update.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString();

    public bool IsUpdated { get; private set; }

    public IReadOnlyList<FormattedValue> FormattedValues { get; private set; }

    public object? Value { get; private set; }

    /// <summary>Replaces what is shown, in the output it was given for; at any time and from any thread.</summary>
    public void Update(object? updatedValue)
    {
        Value = updatedValue;
        FormattedValues = FormattedValue.CreateManyFromObject(updatedValue, mimeTypes);
        IsUpdated = true;
        // A front end listens to the cell that runs now; when none runs, to the one that made the output.
        var now = KernelInvocationContext.Current is { IsComplete: false } current ? current : context;
        now?.ThrowIfInterrupted();
        now?.Publish(new DisplayedValueUpdated(updatedValue, DisplayId, now.Command, FormattedValues));
    }

    internal static DisplayedValue Show(object? value, string[] mimeTypes, KernelInvocationContext? context) =>
        Show(new DisplayedValue(value, mimeTypes, FormattedValue.CreateManyFromObject(value, mimeTypes), context));

    internal static DisplayedValue Show(string value, FormattedValue formatted, KernelInvocationContext? context) =>
        Show(new DisplayedValue(value, [formatted.MimeType], [formatted], context));

    private static DisplayedValue Show(DisplayedValue displayed)
    {
        displayed.context?.ThrowIfInterrupted();
        if (displayed.context is { } context)
            context.Publish(new DisplayedValueProduced(displayed.Value, context.Command, displayed.FormattedValues, displayed.DisplayId));
        else
            Console.WriteLine(displayed.Value!.ToDisplayString(PlainTextFormatter.MimeType));
        return displayed;
    }
}

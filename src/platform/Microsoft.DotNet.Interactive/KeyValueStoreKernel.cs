using System.Collections.Concurrent;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace Microsoft.DotNet.Interactive;

/// <summary>Keeps the text of its cells, of files and of pages under names, for other kernels to use: `#!value --name NAME`.</summary>
public class KeyValueStoreKernel : Kernel,
    IKernelCommandHandler<RequestValueInfos>,
    IKernelCommandHandler<RequestValue>,
    IKernelCommandHandler<SendValue>,
    IKernelCommandHandler<SubmitCode>
{
    private const string NameParameter = "--name", FileParameter = "--from-file", UrlParameter = "--from-url", ValueParameter = "--from-value", MimeParameter = "--mime-type";

    private readonly ConcurrentDictionary<string, FormattedValue> values = new();
    private readonly Lazy<HttpClient> http;

    public KeyValueStoreKernel(string name = "value", HttpClient? httpClient = null)
        : base(name)
    {
        http = new(() => httpClient ?? new HttpClient { Timeout = TimeSpan.FromSeconds(100) });
        KernelInfo.DisplayName = $"{name} - Raw Value Storage";
        KernelSpecifierDirective = new KernelSpecifierDirective("#!" + name, name)
        {
            Description = "Stores a value under a name, for other kernels to use.",
            Parameters =
            [
                new KernelDirectiveParameter(NameParameter, "The name of the value.") { Required = true },
                new KernelDirectiveParameter(FileParameter, "A file whose text is the value.") { TypeHint = "file" },
                new KernelDirectiveParameter(UrlParameter, "An address whose answer is the value."),
                new KernelDirectiveParameter(ValueParameter, "The value, or where it is to be had: `@kernel:name`, `@input`."),
                new KernelDirectiveParameter(MimeParameter, "What the value is; it is shown as such."),
            ],
        };
    }

    public override KernelSpecifierDirective KernelSpecifierDirective { get; }

    public IReadOnlyDictionary<string, FormattedValue> Values => values;

    Task IKernelCommandHandler<RequestValueInfos>.HandleAsync(RequestValueInfos command, KernelInvocationContext context)
    {
        context.Publish(new ValueInfosProduced([.. values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => new KernelValueInfo(v.Key, v.Value, typeof(string)))], command));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestValue>.HandleAsync(RequestValue command, KernelInvocationContext context)
    {
        if (values.TryGetValue(command.Name, out var value)) context.Publish(new ValueProduced(value.Value, command.Name, value, command));
        else context.Fail(command, message: $"Value '{command.Name}' not found in kernel {Name}");
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<SendValue>.HandleAsync(SendValue command, KernelInvocationContext context)
    {
        values[command.Name] = command.Value is string text ? new FormattedValue(PlainTextFormatter.MimeType, text)
            : command.FormattedValue ?? FormattedValue.CreateSingleFromObject(command.Value, JsonFormatter.MimeType);
        return Task.CompletedTask;
    }

    async Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        if (!command.Parameters.TryGetValue(NameParameter, out var name))
        {
            context.Fail(command, message: $"A value needs a name: {KernelSpecifierDirective.Name} {NameParameter} NAME");
            return;
        }

        string[] sources = [.. new[] { FileParameter, UrlParameter, ValueParameter }.Where(command.Parameters.ContainsKey)];
        if (sources.Length > 1 || (sources.Length == 1 && !string.IsNullOrWhiteSpace(command.Code)))
        {
            context.Fail(command, message: $"'{name}' can have one value only: it is given by {string.Join(" and ", sources)}{(sources.Length == 1 ? " and by the text of the cell" : "")}.");
            return;
        }

        try
        {
            command.Parameters.TryGetValue(MimeParameter, out var mimeType);
            values[name] = await ReadAsync(command, sources.FirstOrDefault(), mimeType, context.CancellationToken);
            if (mimeType is not null) context.Publish(new DisplayedValueProduced(values[name].Value, command, [values[name]]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or UriFormatException or InvalidOperationException
            || (e is TaskCanceledException && !context.CancellationToken.IsCancellationRequested))
        {
            context.Fail(command, e, $"The value '{name}' could not be read: {e.Message}");
        }
    }

    private async Task<FormattedValue> ReadAsync(SubmitCode command, string? source, string? mimeType, CancellationToken cancellationToken)
    {
        switch (source)
        {
            case null: return new FormattedValue(mimeType ?? PlainTextFormatter.MimeType, command.Code.Trim('\r', '\n'));
            case ValueParameter: return new FormattedValue(mimeType ?? PlainTextFormatter.MimeType, command.Parameters[source]);
            case FileParameter:
                var file = command.Parameters[source];
                return new FormattedValue(mimeType ?? MimeTypeOf(Path.GetExtension(file)), await File.ReadAllTextAsync(file, cancellationToken));
            default:
                using (var response = await http.Value.GetAsync(new Uri(command.Parameters[source]), cancellationToken))
                {
                    response.EnsureSuccessStatusCode();
                    return new FormattedValue(mimeType ?? response.Content.Headers.ContentType?.MediaType ?? PlainTextFormatter.MimeType, await response.Content.ReadAsStringAsync(cancellationToken));
                }
        }
    }

    private static string MimeTypeOf(string extension) => extension.ToLowerInvariant() switch
    {
        ".json" => JsonFormatter.MimeType,
        ".csv" => "text/csv",
        ".htm" or ".html" => HtmlFormatter.MimeType,
        ".md" => "text/markdown",
        _ => PlainTextFormatter.MimeType,
    };
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Kernel.Magics;

/// <summary><c>#!time</c>: how long the lines below it took.</summary>
internal static class TimeMagic
{
    public static void AddTo(CompositeKernel root) =>
        root.AddDirective(new KernelActionDirective("#!time", "Shows how long the code below it runs."), (_, context) =>
        {
            var clock = Stopwatch.StartNew();
            context.OnComplete(ended =>
            {
                var elapsed = clock.Elapsed;
                var text = string.Create(CultureInfo.InvariantCulture, $"Wall time: {elapsed.TotalMilliseconds:0.####}ms");
                ended.Publish(new DisplayedValueProduced(elapsed, ended.Command, [new FormattedValue(PlainTextFormatter.MimeType, text)]));
            });
            return Task.CompletedTask;
        });
}

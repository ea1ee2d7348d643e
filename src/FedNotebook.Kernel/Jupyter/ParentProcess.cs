using System.Diagnostics;
using System.Globalization;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>Watches the front end that started the kernel: when it dies without a word, the kernel must not stay behind.</summary>
internal static class ParentProcess
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task WaitForItsEndAsync()
    {
        var id = Environment.GetEnvironmentVariable("JPY_PARENT_PID");
        // 1 is what remains when the parent is gone already, or a container's own first process, which outlives us.
        if (!int.TryParse(id, CultureInfo.InvariantCulture, out var parent) || parent <= 1) await Task.Delay(Timeout.Infinite);
        while (IsAlive(parent)) await Task.Delay(Pause);
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

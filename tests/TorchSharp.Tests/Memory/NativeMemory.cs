using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchSharp.Tests.Memory;

/// <summary>What this process uses, as the C library and the kernel count it.</summary>
internal static partial class NativeMemory
{
    public const long MB = 1 << 20;

    /// <summary>Bytes handed out by malloc and not given back.</summary>
    public static long InUse
    {
        get
        {
            var info = mallinfo2();
            return (long)(info.UsedInArenas + info.Mapped);
        }
    }

    /// <summary>What is in use after all that was dropped has been collected.</summary>
    public static long InUseAfterCollection
    {
        get
        {
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            return InUse;
        }
    }

    /// <summary>The most memory that this process ever held, in bytes.</summary>
    public static long Peak => Status("VmHWM:");

    private static long Status(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture) << 10;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MallocInfo
    {
        public nuint Arenas, FreeChunks, FastChunks, MappedRegions, Mapped, Unused, FastBytes, UsedInArenas, FreeInArenas, Trimmable;
    }

    [LibraryImport("libc.so.6")]
    private static partial MallocInfo mallinfo2();
}

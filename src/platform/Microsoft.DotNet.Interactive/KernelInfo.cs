using Microsoft.DotNet.Interactive.Directives;

namespace Microsoft.DotNet.Interactive;

public class KernelInfo
{
    private string[] aliases = [];

    public KernelInfo(string localName, string[]? aliases = null, bool isProxy = false, bool isComposite = false, string? description = null)
    {
        if (string.IsNullOrWhiteSpace(localName)) throw new ArgumentException("A kernel needs a name.", nameof(localName));
        if (localName.StartsWith('#')) throw new ArgumentException("The name of a kernel cannot begin with '#'.", nameof(localName));
        LocalName = localName;
        DisplayName = localName;
        this.aliases = aliases ?? [];
        IsProxy = isProxy;
        IsComposite = isComposite;
        Description = description;
        Uri = new Uri($"kernel://local/{System.Uri.EscapeDataString(localName)}");
    }

    /// <summary>Other names of the kernel; as in `#!name`, without the `#!`.</summary>
    public string[] Aliases { get => aliases; init => aliases = value; }

    public string? LanguageName { get; set; }

    public string? LanguageVersion { get; set; }

    public bool IsComposite { get; set; }

    public bool IsProxy { get; set; }

    public string DisplayName { get; set; }

    public string LocalName { get; }

    /// <summary>The address of the kernel, by which a command can be sent to it.</summary>
    public Uri Uri { get; set; }

    /// <summary>For a kernel that stands for one in another process: the address of that one.</summary>
    public Uri? RemoteUri { get; set; }

    public string? Description { get; set; }

    public ICollection<KernelCommandInfo> SupportedKernelCommands { get; init; } = new HashSet<KernelCommandInfo>();

    public ICollection<KernelDirective> SupportedDirectives { get; init; } = new HashSet<KernelDirective>();

    internal void AddAliases(IEnumerable<string> names) => aliases = [.. aliases.Union(names)];

    public override string ToString() => LocalName;
}

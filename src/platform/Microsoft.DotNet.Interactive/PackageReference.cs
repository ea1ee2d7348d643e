using System.Text.RegularExpressions;

namespace Microsoft.DotNet.Interactive;

public partial class PackageReference(string packageName, string? packageVersion = null)
{
    public string PackageName { get; } = packageName;

    public string PackageVersion { get; } = packageVersion ?? "";

    public bool IsPackageVersionSpecified => !string.IsNullOrWhiteSpace(PackageVersion);

    /// <summary>Reads `nuget: NAME` and `nuget: NAME, VERSION`, in quotes or not.</summary>
    public static bool TryParse(string value, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PackageReference? reference)
    {
        reference = Pattern().Match(value.Trim().Trim('"')) is { Success: true } match
            ? new PackageReference(match.Groups["name"].Value.Trim(), match.Groups["version"].Value.Trim())
            : null;
        return reference is not null;
    }

    public override string ToString() => IsPackageVersionSpecified ? $"{PackageName}, version {PackageVersion}" : PackageName;

    [GeneratedRegex(@"^\s*nuget\s*:\s*(?<name>[^,\s]+)\s*(,\s*(?<version>[^,]+?))?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}

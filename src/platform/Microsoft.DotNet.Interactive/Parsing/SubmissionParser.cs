using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Documents;

namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>Takes a cell apart: directives, and the code between them.</summary>
public class SubmissionParser(Kernel kernel)
{
    /// <summary>The parts in the order in which they run; the cell itself when it holds nothing but code.</summary>
    public async Task<IReadOnlyList<KernelCommand>> SplitSubmission(SubmitCode submitCode)
    {
        var lines = submitCode.Code.Split('\n');
        if (!lines.Any(IsDirective)) return [submitCode];

        var parts = new List<KernelCommand>();
        var packages = new List<KernelCommand>();
        var target = TargetOf(submitCode);
        var code = new List<string>();
        var parameters = new Dictionary<string, string>();
        var above = submitCode.LinesAbove;
        for (var i = 0; i <= lines.Length; i++)
        {
            if (i < lines.Length && (!IsDirective(lines[i]) || IsForTheOtherSide(lines[i], target)))
            {
                code.Add(lines[i]);
                continue;
            }

            // What was said where the kernel was chosen may be all that it needs.
            if (parameters.Count > 0 || code.Any(line => !string.IsNullOrWhiteSpace(line)))
                parts.Add(new SubmitCode(string.Join('\n', code), target == kernel && kernel is CompositeKernel ? null : target.Name) { IsPart = true, LinesAbove = above + i - code.Count, Parameters = parameters });
            code.Clear();
            parameters = [];
            if (i == lines.Length) break;

            var tokens = DirectiveToken.Read(lines[i].TrimEnd('\r'));
            if (IsPackageDirective(lines[i])) packages.Add(PackageCommand(lines[i], target, above + i));
            else if (FindDirective(target, tokens[0].Text) is { } directive) parts.Add(await ReadAsync(directive, tokens, target, above + i));
            else if (FindKernel(kernel, tokens[0].Text) is { } next)
            {
                target = next;
                parameters = await new DirectiveBinder(next).BindParametersAsync(DirectiveLine.Read(next.KernelSpecifierDirective, tokens, above + i));
            }
            else if (packages.Count > 0)
            {
                // A package of this cell may bring it: the rest of the cell is read when the package is there.
                parts.Add(new SubmitCode(string.Join('\n', lines[i..]), target.Name) { LinesAbove = above + i });
                break;
            }
            else throw Unknown(tokens[0], above + i);
        }

        // What the packages bring is there before the cell's first line runs.
        if (packages.Count > 0) parts.InsertRange(0, [.. packages, .. packages.Select(p => p.TargetKernelName).Distinct().Select(name => new RestorePackages(name))]);
        foreach (var part in parts) part.SetParent(submitCode);
        return parts;
    }

    /// <summary>What is wrong with the directives, and for each kernel the code that is its own, in the lines in which it stands.</summary>
    public async Task<IReadOnlyList<KernelCommand>> SplitSubmission(RequestDiagnostics requestDiagnostics)
    {
        if (!HasDirectives(requestDiagnostics.Code)) return [requestDiagnostics];
        var lines = LinesOf(requestDiagnostics.Code, requestDiagnostics.TargetKernelName);
        var parts = new List<KernelCommand>();
        var wrong = Mistakes(lines);
        if (wrong.Count > 0) parts.Add(new DiagnosedDirectives(wrong));
        foreach (var target in lines.Where(line => !line.IsDirective && !string.IsNullOrWhiteSpace(line.Text)).Select(line => line.Kernel).Distinct())
            if (target.SupportsCommandType(typeof(RequestDiagnostics))) parts.Add(new RequestDiagnostics(Only(lines, target), target.Name));
        foreach (var part in parts) part.SetParent(requestDiagnostics);
        return await Task.FromResult(parts);
    }

    /// <summary>Reads a line that begins with `#!`, and runs nothing.</summary>
    /// <param name="directiveLine">The line.</param>
    /// <returns>The directive with its parameters; what is wrong with it is among its errors.</returns>
    public DirectiveParseResult ParseDirectiveLine(string directiveLine)
    {
        var result = new DirectiveParseResult();
        var tokens = DirectiveToken.Read(directiveLine.Split('\n')[0].TrimEnd('\r'));
        if (tokens.Count == 0 || !tokens[0].Text.StartsWith('#'))
        {
            result.Errors.Add("A line with a magic command begins with '#!'.");
            return result;
        }

        result.CommandName = tokens[0].Text;
        try
        {
            KernelDirective directive = (KernelDirective?)kernel.RootKernel.FindKernels(_ => true).Prepend(kernel).Select(k => FindDirective(k, tokens[0].Text)).FirstOrDefault(d => d is not null)
                ?? FindKernel(kernel, tokens[0].Text)?.KernelSpecifierDirective ?? throw Unknown(tokens[0], 0);
            DirectiveLine.Read(directive, tokens, 0).Describe(result);
        }
        catch (DirectiveException e)
        {
            foreach (var diagnostic in e.Diagnostics) result.Errors.Add(diagnostic.ToString());
        }

        return result;
    }

    internal static bool HasDirectives(string code) => code.Split('\n').Any(IsDirective);

    /// <summary>The lines of a cell, each with the kernel that it is for.</summary>
    internal IReadOnlyList<CellLine> LinesOf(string code, string? targetKernelName)
    {
        var lines = new List<CellLine>();
        var target = TargetOf(new SubmitCode(code, targetKernelName));
        foreach (var line in code.Split('\n'))
        {
            var isDirective = IsDirective(line);
            if (isDirective && DirectiveToken.Read(line) is [var first, ..] && FindDirective(target, first.Text) is null && FindKernel(kernel, first.Text) is { } next) target = next;
            lines.Add(new CellLine(line, target, isDirective));
        }

        return lines;
    }

    /// <summary>The code of one kernel, with empty lines in place of all others.</summary>
    internal static string Only(IReadOnlyList<CellLine> lines, Kernel target) =>
        string.Join('\n', lines.Select(line => !line.IsDirective && line.Kernel == target ? line.Text : ""));

    private static IReadOnlyList<Diagnostic> Mistakes(IReadOnlyList<CellLine> lines)
    {
        var mistakes = new List<Diagnostic>();
        foreach (var (line, number) in lines.Select((line, number) => (line, number)).Where(x => x.line.IsDirective && !IsPackageDirective(x.line.Text)))
            try
            {
                var tokens = DirectiveToken.Read(line.Text.TrimEnd('\r'));
                if (FindDirective(line.Kernel, tokens[0].Text) is { } directive) DirectiveLine.Read(directive, tokens, number);
                else if (FindKernel(line.Kernel, tokens[0].Text) is { } chosen) DirectiveLine.Read(chosen.KernelSpecifierDirective, tokens, number);
                else throw Unknown(tokens[0], number);
            }
            catch (DirectiveException e)
            {
                mistakes.AddRange(e.Diagnostics);
            }

        return mistakes;
    }

    private static DirectiveException Unknown(DirectiveToken name, int line) => new("DNI101", $"Unknown magic command '{name.Text}'.", line, 0, name.Text.Length);

    // What a kernel in another process makes of a directive that is not known here is its own affair.
    private bool IsForTheOtherSide(string line, Kernel target) =>
        target is ProxyKernel && (IsPackageDirective(line) || (DirectiveToken.Read(line) is [var first, ..] && FindDirective(target, first.Text) is null && FindKernel(kernel, first.Text) is null));

    private static bool IsDirective(string line) => line.StartsWith("#!", StringComparison.Ordinal) || IsPackageDirective(line);

    private static bool IsPackageDirective(string line) =>
        line.Length > 3 && line[0] == '#' && line[1] is 'r' or 'i' && char.IsWhiteSpace(line[2])
        && line[2..].TrimStart(' ', '\t', '"').StartsWith("nuget", StringComparison.OrdinalIgnoreCase)
        && line[2..].TrimStart(' ', '\t', '"')[5..].TrimStart().StartsWith(':');

    private Kernel TargetOf(SubmitCode submitCode)
    {
        if (kernel is not CompositeKernel composite) return kernel;
        if (submitCode.TargetKernelName is { } name) return composite.FindKernelByName(name) ?? throw new NoSuitableKernelException(submitCode);
        // Without a default, the cell itself may choose a kernel, or want nothing but a directive of all kernels.
        return composite.DefaultTargetOf(typeof(SubmitCode)) ?? composite;
    }

    internal static Kernel? FindKernel(Kernel kernel, string name) => kernel.RootKernel
        .FindKernels(k => k.KernelSpecifierDirective.Name == name || k.KernelInfo.Aliases.Any(alias => "#!" + alias == name)).FirstOrDefault();

    internal static KernelActionDirective? FindDirective(Kernel target, string name)
    {
        for (var k = target; k is not null; k = k.ParentKernel)
            if (k.KernelInfo.SupportedDirectives.OfType<KernelActionDirective>().FirstOrDefault(d => d.Name == name) is { } directive) return directive;
        return null;
    }

    private static async Task<KernelCommand> ReadAsync(KernelActionDirective directive, List<DirectiveToken> tokens, Kernel target, int line)
    {
        var read = DirectiveLine.Read(directive, tokens, line);
        directive = read.Action!;
        if (directive.KernelCommandType is not null) return await new DirectiveBinder(target).BindAsync(read, target.Name);
        if (directive.Handler is { } handler) return new DirectiveCommand(handler, target);
        throw read.Error("DNI104", $"{directive.Name} needs one of {string.Join(", ", directive.Subcommands.Select(s => s.Name))}.");
    }

    private static KernelCommand PackageCommand(string line, Kernel target, int number)
    {
        var value = line[2..].Trim();
        if (!target.SupportsCommandType(typeof(RestorePackages)))
            throw new DirectiveException("DNI101", $"The kernel '{target.Name}' does not install packages.", number, 0, line.Length);
        if (line[1] == 'i')
            return new AddPackageSource(value.Trim('"').Split(':', 2)[1].Trim(), target.Name);
        return PackageReference.TryParse(value, out var package)
            ? new AddPackage(package.PackageName, package.IsPackageVersionSpecified ? package.PackageVersion : null, target.Name)
            : throw new DirectiveException("DNI106", $"A package is written as #r \"nuget: NAME\" or #r \"nuget: NAME, VERSION\"; this is {value}.", number, 3, value.Length);
    }
}

using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Parsing;

public class SubmissionParser(Kernel kernel)
{
    private readonly Kernel kernel = kernel;

    public Task<IReadOnlyList<KernelCommand>> SplitSubmission(SubmitCode submitCode) => Task.FromResult<IReadOnlyList<KernelCommand>>([submitCode]);
}

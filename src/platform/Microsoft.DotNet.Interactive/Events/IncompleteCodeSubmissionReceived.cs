using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

public class IncompleteCodeSubmissionReceived(SubmitCode submitCode) : KernelEvent(submitCode);

using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

public class NoSuitableKernelException(KernelCommand command)
    : Exception(command.DestinationUri is { } uri
        ? $"There is no kernel at '{uri}' that can handle {command.GetType().Name}."
        : command.TargetKernelName is { } name
        ? $"There is no kernel named '{name}' that can handle {command.GetType().Name}."
        : $"No kernel can handle {command.GetType().Name}.");

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>Hears commands and events of another process.</summary>
public interface IKernelCommandAndEventReceiver : IObservable<CommandOrEvent>;

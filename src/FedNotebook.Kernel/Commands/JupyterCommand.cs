using System.Runtime.InteropServices;
using FedNotebook.Kernel.Jupyter;
using FedNotebook.Kernel.Jupyter.Requests;

namespace FedNotebook.Kernel.Commands;

/// <summary><c>fednb jupyter CONNECTION_FILE</c></summary>
internal static class JupyterCommand
{
    public static async Task<int> RunAsync(string connectionFile)
    {
        using (var kernel = new JupyterKernel(ConnectionFile.Read(connectionFile), HistoryFile.OfThisUser()))
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            kernel.Interrupt();
        }))
        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            kernel.End();
        }))
        {
            await Task.WhenAny(kernel.RunAsync(), ParentProcess.WaitForItsEndAsync());
        }

        return 0;
    }
}

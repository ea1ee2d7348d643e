using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>Asks the front end that runs the current cell for a line of input, over stdin.</summary>
internal sealed class InputRequests(Channels channels)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private (JupyterMessage Request, CancellationToken Interrupted)? _running;
    private volatile TaskCompletionSource<string>? _answer;

    /// <summary>The cell that may ask from now on.</summary>
    public void Begin(JupyterMessage request, CancellationToken interrupted) => _running = (request, interrupted);

    /// <exception cref="UserErrorException">The front end cannot be asked.</exception>
    public async Task<string> AskAsync(string prompt, bool isPassword)
    {
        if (_running is not var (request, interrupted)) throw new UserErrorException("Input can only be asked for while a cell runs.");
        if (!request.Flag("allow_stdin", absent: true)) throw new UserErrorException("The cell asks for input, and this front end does not let it.");
        await _turn.WaitAsync(interrupted);
        try
        {
            _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var question = new JsonObject { ["prompt"] = prompt, ["password"] = isPassword };
            channels.Send(Channel.Stdin, "input_request", question, request);
            return await _answer.Task.WaitAsync(interrupted);
        }
        finally
        {
            _answer = null;
            _turn.Release();
        }
    }

    public void Receive(JupyterMessage message)
    {
        if (message.Type == "input_reply") _answer?.TrySetResult(message.Text("value") ?? "");
    }
}

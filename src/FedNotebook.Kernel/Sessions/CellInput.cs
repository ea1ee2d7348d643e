namespace FedNotebook.Kernel.Sessions;

/// <summary>Standard input of cells: a line that <see cref="Console"/> reads is asked for where the notebook is shown.</summary>
/// <param name="ask">Asks whoever runs the notebook.</param>
internal sealed class CellInput(Func<string, bool, Task<string>> ask) : TextReader
{
    private string _rest = "";

    public override string ReadLine()
    {
        if (_rest.Length == 0) return Ask();
        var line = _rest.TrimEnd('\n');
        _rest = "";
        return line;
    }

    public override int Peek() => _rest.Length > 0 ? _rest[0] : -1;

    public override int Read()
    {
        if (_rest.Length == 0) _rest = Ask() + "\n";
        var first = _rest[0];
        _rest = _rest[1..];
        return first;
    }

    private string Ask() => ask("", false).GetAwaiter().GetResult();
}

using FedNotebook.Kernel;
using FedNotebook.Kernel.Commands;

var status = 1;
try
{
    status = await CommandLine.RunAsync(args);
}
catch (UserErrorException error)
{
    Console.Error.WriteLine(error.Message);
}
catch (IOException error)
{
    // Whoever read our output has gone (fednb ... | head), or the disk is full.
    Console.Error.WriteLine($"fednb cannot go on: {error.Message}");
}

// A thread that a cell left running would keep the process.
Environment.Exit(status);

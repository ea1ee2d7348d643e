using FedNotebook.Kernel;
using FedNotebook.Kernel.Commands;

try
{
    return await CommandLine.RunAsync(args);
}
catch (UserErrorException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
catch (IOException error)
{
    // Whoever read our output has gone (fednb ... | head), or the disk is full.
    Console.Error.WriteLine($"fednb cannot go on: {error.Message}");
    return 1;
}

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

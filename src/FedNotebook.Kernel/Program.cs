using System.Runtime.ExceptionServices;
using FedNotebook.Kernel;
using FedNotebook.Kernel.Commands;

// A thread that a cell started and forgot must not take the kernel with it.
ExceptionHandling.SetUnhandledExceptionHandler(exception =>
{
    Console.Error.WriteLine($"A thread of a cell failed: {exception.GetType().Name}: {exception.Message}");
    return true;
});

try
{
    return await CommandLine.RunAsync(args);
}
catch (UserErrorException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

using Xunit.Sdk;
using Xunit.v3;

// Formatters are registered for the whole process, and a browser wants the machine for itself.
[assembly: Parallelization(Mode = ParallelMode.None)]

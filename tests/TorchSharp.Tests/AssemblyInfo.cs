// Random numbers, printing options and the counts of live tensors are shared by all: one test at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

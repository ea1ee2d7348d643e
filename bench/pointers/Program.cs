// What a pointer costs beside the tensor that it points to: bench/run pointers. Each pair is measured in alternated rounds of one run;
// the figures are medians.
using PointerBenchmark;

torch.set_num_threads(1);
Console.WriteLine("| what | here | at a worker | more | ratio | target |");
Console.WriteLine("|---|---|---|---|---|---|");
Additions.Report(elements: 4, repeats: 20_000, target: "at most 1.5 µs more");
Additions.Report(elements: 100_000, repeats: 1_000, target: "at most 1.05 times");
SecondTemplate.Report();
Console.WriteLine();
SecondTemplate.ReportMessages();
Stores.Report();

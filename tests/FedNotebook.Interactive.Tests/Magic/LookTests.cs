namespace FedNotebook.Tests.Magic;
public class LookTests
{
    [Fact]
    public async Task Look()
    {
        using var n = await Notebook.WithExtension();
        foreach (var cell in new[] { "#!worker bob alice hospital-1 工人", "var x = torch.tensor(new long[]{1,2,3});\n#!send x --to bob --tag #fun --tag \"#b\\\"<\" --describe \"a \\\"q\\\"\\nline\"\nvar z = 3;", "#!get x_ptr", "#!get x_ptr",
            "#!send x --to bob --to alice --as both", "#!search #fun", "#!workers", "#!objects bob", "#!objects", "#!send z --to bob", "#!send y --to bob", "#!send x --to carol", "#!send x[0] --to carol","#!get x", "#!send x --to bob --as class", "#!send x --to", "#!send x",
            "var ds = sy.BaseDataset(torch.ones(10,2), torch.ones(10));\n#!federate ds --to bob --to alice --batch-size 4 --shuffle --seed -3", "#!federate ds --to bob --batch-size 0",  "#!federate ds --to bob --batch-size abc", "#!federate ds --to bob --shuffle yes",
            "var m = nn.Linear(2,1);\n#!send m --to bob\n#!move m --to alice\n#!get m" })
        {
            Console.Error.WriteLine("=== " + cell);
            var events = await n.Run(cell);
            foreach (var e in events)
                switch (e)
                {
                    case Microsoft.DotNet.Interactive.Events.DisplayEvent d: Console.Error.WriteLine($"{d.GetType().Name}: " + d.Text() + "\n    " + d.Html()); break;
                    case Microsoft.DotNet.Interactive.Events.CommandFailed f: Console.Error.WriteLine("FAILED " + f.Exception?.GetType().Name + " | " + f.Message); break;
                }
        }
        foreach (var line in new[] { "#!send ", "#!send x --to ", "#!send x --tag ", "#!", "#!get ", "#!federate ", "#!send x " })
            Console.Error.WriteLine(line + " => " + string.Join(" | ", (await n.Completions(line)).Select(c => c.DisplayText + "=" + c.InsertText)));
    }
}

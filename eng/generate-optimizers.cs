#!/usr/bin/env dotnet
// Derives from eng/operators/optimizers.txt what all optimizers have alike: constructors, factories, settings, groups, and states with their files.
//
//   dotnet run eng/generate-optimizers.cs           from the repository's root; writes src/platform/TorchSharp/Optimizers/*.g.cs
//
// By hand stays an optimizer's step, and what it cannot work with (`Check`).

#:property PublishAot=false
#:property Nullable=enable

using System.Text.RegularExpressions;

var root = Directory.GetCurrentDirectory();
var folder = Path.Combine(root, "src", "platform", "TorchSharp", "Optimizers");
var blocks = File.ReadAllText(Path.Combine(root, "eng", "operators", "optimizers.txt")).Split("\noptimizer ").Skip(1).ToList();
foreach (var block in blocks)
{
    var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    var optimizer = new Optimizer(lines[0].Trim(), lines[1..]);
    File.WriteAllText(Path.Combine(folder, optimizer.Name + ".g.cs"), optimizer.Write());
}

Console.WriteLine($"{blocks.Count} optimizers derived");

record Setting(string Type, string Name)
{
    // What the values have to be, wherever a setting has this name.
    public string? Check => Name switch
    {
        "beta1" or "beta2" => $"Require({Name} is >= 0 and < 1, nameof({Name}), {Name}, \"at least 0 and below 1\");",
        "rho" => $"Require({Name} is >= 0 and <= 1, nameof({Name}), {Name}, \"from 0 to 1\");",
        "etaminus" => $"Require({Name} is > 0 and < 1, nameof({Name}), {Name}, \"between 0 and 1\");",
        "etaplus" => $"Require({Name} > 1, nameof({Name}), {Name}, \"above 1\");",
        "lr" or "eps" or "weight_decay" or "momentum" or "momentum_decay" or "alpha" or "lr_decay" or "initial_accumulator_value" =>
            $"Require({Name} >= 0, nameof({Name}), {Name}, \"zero or more\");",
        _ => null,
    };
}

record Remembered(string Type, string Name, string Start)
{
    public bool IsTensor => Type.StartsWith("Tensor");
    public bool IsOptional => Type == "Tensor?";

    public string Walked => IsOptional ? $"{Name} = walk.Optional({Name});" : $"{Name} = walk.On({Name});";
}

record Optimizer(string Name, string[] Lines)
{
    private IEnumerable<string> Of(string kind) => Lines.Where(l => l.StartsWith(kind + " ")).Select(l => l[(kind.Length + 1)..]);

    private static List<string> Split(string parameters) =>
        Regex.Split(parameters, @", (?![^<(]*[>)])").ToList();

    // All but lr, which every optimizer has.
    private List<Setting> Settings => Split(Of("ctor").First()).Skip(1).Select(p => p.Split(' ')).Select(p => new Setting(p[0], p[1])).ToList();

    private List<Remembered> State => Of("state").Single().Split(" | ").Select(s => Regex.Match(s, @"^(\S+) (\w+) = (.*)$"))
        .Select(m => new Remembered(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value.Replace("options.", "given."))).ToList();

    private bool HasBetas => Of("has").Contains("Betas");
    private bool HasMomentum => Of("has").Contains("Momentum");

    private string Interface => HasBetas ? ", optim.IBetas" : HasMomentum ? ", optim.IMomentum" : "";

    private static string Names(string parameters) => string.Join(", ", Split(parameters).Skip(1).Select(p => p.Split(' ')[1]));

    private string Filled(string parameters) =>
        string.Join(", ", Split(parameters).Skip(1).Select(p => p.Split(' ')[1]).Select(n => n == "lr" ? "LearningRate = lr" : $"{n} = {n}"));

    private string Constructor(string parameters)
    {
        var head = $"        public {Name}({parameters})\n";
        if (parameters.StartsWith("IEnumerable<Parameter>"))
            return head + $"            : this([new ParamGroup(parameters, new Options())], {Names(parameters)})\n        {{\n        }}\n";
        var checks = string.Concat(Settings.Select(s => s.Check).OfType<string>().Select(c => $"            {c}\n"));
        return head + "        {\n" + checks
            + $"            var options = new Options {{ {Filled(parameters)} }};\n            Check(options);\n            _defaults = options;\n"
            + "            foreach (var group in parameters ?? throw new ArgumentNullException(nameof(parameters))) add_param_group(group);\n        }\n";
    }

    private string Factory(string parameters)
    {
        var first = Regex.Match(parameters, @"(\w+), double").Groups[1].Value;
        var given = parameters.StartsWith("IEnumerable<(") ? first + ".Select(p => p.parameter)" : first;
        return $"            public static {Name} {Name}({parameters}) =>\n                new({given}, {Names(parameters)});\n";
    }

    private string Paired(string owner) => HasBetas
        ? $"\n{owner}public (double, double) Betas\n{owner}{{\n{owner}    get => (Options.beta1!.Value, Options.beta2!.Value);\n{owner}    set => (Options.beta1, Options.beta2) = value;\n{owner}}}\n"
        : HasMomentum ? $"\n{owner}public double Momentum\n{owner}{{\n{owner}    get => Options.momentum!.Value;\n{owner}    set => Options.momentum = value;\n{owner}}}\n" : "";

    // Of the optimizer itself: of all its groups, and of those to come.
    private string PairedOfAll() => HasBetas
        ? """

                  public (double, double) Betas
                  {
                      get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
                      set
                      {
                          foreach (var options in _parameter_groups.Select(g => (Options)g.Options).Append((Options)_defaults)) (options.beta1, options.beta2) = value;
                      }
                  }

          """
        : HasMomentum ? """

                  public double Momentum
                  {
                      get => ((Options)_defaults).momentum!.Value;
                      set
                      {
                          foreach (var options in _parameter_groups.Select(g => (Options)g.Options).Append((Options)_defaults)) options.momentum = value;
                      }
                  }

          """ : "";

    public string Write()
    {
        var settings = Settings.Where(s => s.Name != "lr").ToList();
        string Each<T>(IEnumerable<T> items, Func<T, string> line, string indent = "                ") => string.Concat(items.Select(i => $"{indent}{line(i)}\n"));
        var start = State.Select(s => !s.IsTensor ? $"{s.Name} = {s.Start};" : s.Start == "null" ? $"{s.Name} = null;"
            : s.IsOptional ? $"{s.Name} = {s.Start.Replace(" : null", ".DetachFromDisposeScope() : null")};" : $"{s.Name} = {s.Start}.DetachFromDisposeScope();");
        return $$"""
            // <auto-generated>Written by eng/generate-optimizers.cs; change that, or its list, and run it again.</auto-generated>
            #nullable enable

            using TorchSharp.Modules;
            using static TorchSharp.torch;

            namespace TorchSharp.Modules
            {
                public partial class {{Name}} : OptimizerHelper{{Interface}}
                {
            {{string.Join("\n", Of("ctor").Select(Constructor))}}{{PairedOfAll()}}
                    static partial void Check(Options options);

                    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

                    /// <summary>Takes a group in; what it does not set comes from the optimizer.</summary>
                    public override void add_param_group(Modules.ParamGroup param_group) => base.add_param_group(param_group);

                    public override Tensor step(Func<Tensor>? closure = null) => _step<{{(Name == "ASGD" ? "ParamGroup<Options>" : "ParamGroup")}}>(Step, closure);

                    protected override void Dispose(bool disposing) => base.Dispose(disposing);

                    public class Options : OptimizerOptions
                    {
            {{Each(settings, s => $"public {s.Type}? {s.Name};", "            ")}}
                        private protected override void Over(Walk walk)
                        {
            {{Each(settings, s => $"{s.Name} = walk.On({s.Name});")}}            }

                        // As the base does; the API says them again here.
                        public override void SaveStateDict(BinaryWriter writer) => base.SaveStateDict(writer);
                        public override void LoadStateDict(BinaryReader reader) => base.LoadStateDict(reader);
                        public override void LoadStateDict(OptimizerOptions source) => base.LoadStateDict(source);
                    }

                    public class State : OptimizerState, IDisposable
                    {
                        public State(Parameter parameter) : base(parameter)
                        {
                        }

            {{Each(State, s => $"public {(s.IsTensor ? "Tensor?" : s.Type)} {s.Name};", "            ")}}
                        public override void Initialize(OptimizerOptions options)
                        {
                            var given = (Options)options;
                            Release();
            {{Each(start, s => s)}}            }

                        private protected override void Over(Walk walk)
                        {
            {{Each(State, s => s.Walked)}}            }

                        public override void SaveStateDict(BinaryWriter writer) => Save(writer);
                        public override void LoadStateDict(BinaryReader reader) => Load(reader);
                        public override void LoadStateDict(OptimizerState source) => Load(source);
                        public override bool ApproximatelyEquals(OptimizerState other) => IsClose(other);
                        public override void to(Device device) => Move(device);
                        public void Dispose() => Release();
                    }

                    public class ParamGroup : ParamGroup<Options>{{Interface}}
                    {
                        public ParamGroup() => base.Options = new Options();

                        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
                        {
                        }

                        public ParamGroup({{Of("group").Single()}})
                            : base(parameters, new Options { {{Filled(Of("group").Single())}} })
                        {
                        }
            {{Paired("            ")}}        }
                }
            }

            namespace TorchSharp
            {
                public static partial class torch
                {
                    public static partial class optim
                    {
            {{string.Join("\n", Of("factory").Select(Factory))}}        }
                }
            }

            """;
    }
}

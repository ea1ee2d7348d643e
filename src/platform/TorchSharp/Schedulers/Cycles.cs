namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>What cycles: an optimizer's momentum, be it called so or be it the first of Adam's two betas.</summary>
                internal static class Cycled
                {
                    public static T[] Each<T>(IEnumerable<T>? given, int groups, string name)
                    {
                        var list = (given ?? throw new ArgumentNullException(name)).ToArray();
                        return list.Length == groups ? list : throw new ArgumentException($"There are {groups} groups of parameters, but {list.Length} values of {name}.", name);
                    }

                    public static double Get(ILearningRateController group) => group switch
                    {
                        IMomentum m => m.Momentum,
                        IBetas b => b.Betas.Item1,
                        _ => throw new ArgumentException("The optimizer has no momentum to cycle: set cycle_momentum to false.", "cycle_momentum"),
                    };

                    public static void Set(ILearningRateController group, double value)
                    {
                        if (group is IMomentum m) m.Momentum = value;
                        else if (group is IBetas b) b.Betas = (value, b.Betas.Item2);
                    }
                }

                /// <summary>Up and down between two rates (Smith 2015).</summary>
                public class CyclicLR : LRScheduler
                {
                    private readonly double[] max_lr, base_momentum = [], max_momentum = [];
                    private readonly double total_size, step_ratio;
                    private readonly Func<double, double> scale;
                    private readonly ScaleMode scale_mode;
                    private readonly ILearningRateController[] groups;
                    private readonly bool cycle_momentum;

                    public CyclicLR(
                        Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1,
                        Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8,
                        double max_momentum = 0.9, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, All(optimizer, base_lr), All(optimizer, max_lr), step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum,
                            All(optimizer, base_momentum), All(optimizer, max_momentum), last_epoch, verbose)
                    {
                    }

                    public CyclicLR(
                        Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000, int step_size_down = -1,
                        Mode mode = Mode.Triangular, double gamma = 1, Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle,
                        bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, int last_epoch = -1,
                        bool verbose = false) : base(Begin(optimizer, base_lr, last_epoch), last_epoch, verbose)
                    {
                        if (step_size_up < 1) throw new ArgumentException($"step_size_up must be at least 1, not {step_size_up}.", nameof(step_size_up));
                        groups = optimizer.ParamGroups.ToArray();
                        this.max_lr = Cycled.Each(max_lr, groups.Length, nameof(max_lr));
                        total_size = step_size_up + (step_size_down < 0 ? step_size_up : step_size_down);
                        step_ratio = step_size_up / total_size;
                        scale = scale_fn ?? (mode switch
                        {
                            Mode.Triangular2 => x => 1 / Math.Pow(2, x - 1),
                            Mode.ExpRange => x => Math.Pow(gamma, x),
                            _ => _ => 1,
                        });
                        this.scale_mode = scale_fn is not null ? scale_mode : mode == Mode.ExpRange ? ScaleMode.Iterations : ScaleMode.Cycle;
                        if (this.cycle_momentum = cycle_momentum)
                        {
                            this.base_momentum = Cycled.Each(base_momentum ?? Enumerable.Repeat(0.8, groups.Length), groups.Length, nameof(base_momentum));
                            this.max_momentum = Cycled.Each(max_momentum ?? Enumerable.Repeat(0.9, groups.Length), groups.Length, nameof(max_momentum));
                            foreach (var group in groups) Cycled.Get(group);
                        }

                        step();
                    }

                    // The rates begin at the lower ones.
                    private static Optimizer Begin(Optimizer optimizer, IEnumerable<double> base_lr, int last_epoch)
                    {
                        ArgumentNullException.ThrowIfNull(optimizer);
                        var rates = Cycled.Each(base_lr, optimizer.ParamGroups.Count(), nameof(base_lr));
                        if (last_epoch < 0)
                            foreach (var (group, rate) in optimizer.ParamGroups.Zip(rates)) group.LearningRate = rate;
                        return optimizer;
                    }

                    private static IEnumerable<double> All(Optimizer optimizer, double value) =>
                        Enumerable.Repeat(value, (optimizer ?? throw new ArgumentNullException(nameof(optimizer))).ParamGroups.Count());

                    protected override IEnumerable<double> get_lr()
                    {
                        var cycle = Math.Floor(1 + Epoch / total_size);
                        var x = 1 + Epoch / total_size - cycle;
                        var height = x <= step_ratio ? x / step_ratio : (x - 1) / (step_ratio - 1);
                        var factor = height * scale(scale_mode == ScaleMode.Cycle ? cycle : Epoch);
                        if (cycle_momentum)
                            for (var i = 0; i < groups.Length; i++) Cycled.Set(groups[i], max_momentum[i] - (max_momentum[i] - base_momentum[i]) * factor);
                        return BaseRates.Select((low, i) => low + (max_lr[i] - low) * factor);
                    }

                    public enum Mode
                    {
                        Triangular = 0,
                        Triangular2 = 1,
                        ExpRange = 2,
                    }

                    public enum ScaleMode
                    {
                        Cycle = 0,
                        Iterations = 1,
                    }
                }

                /// <summary>Once up and once down, further than it began (Smith and Topin 2017).</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly double[] first, highest, last, base_momentum = [], max_momentum = [];
                    private readonly List<(double End, int From, int To)> phases;
                    private readonly ILearningRateController[] groups;
                    private readonly AnnealStrategy anneal;
                    private readonly bool cycle_momentum;
                    private readonly int total;

                    public OneCycleLR(
                        Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95,
                        double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, All(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum,
                            All(optimizer, base_momentum), All(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    {
                    }

                    public OneCycleLR(
                        Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null,
                        IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1,
                        bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        total = total_steps > 0 ? total_steps : epochs > 0 && steps_per_epoch > 0 ? epochs * steps_per_epoch
                            : throw new ArgumentException("Either total_steps or both epochs and steps_per_epoch must be given, above 0.", nameof(total_steps));
                        if (pct_start is not (>= 0 and <= 1)) throw new ArgumentException("pct_start must be from 0 to 1.", nameof(pct_start));
                        groups = optimizer.ParamGroups.ToArray();
                        highest = Cycled.Each(max_lr, groups.Length, nameof(max_lr));
                        first = highest.Select(m => m / div_factor).ToArray();
                        last = first.Select(f => f / final_div_factor).ToArray();
                        anneal = anneal_strategy;
                        phases = three_phase
                            ? [(pct_start * total - 1, 0, 1), (2 * pct_start * total - 2, 1, 0), (total - 1, 0, 2)]
                            : [(pct_start * total - 1, 0, 1), (total - 1, 1, 2)];
                        if (this.cycle_momentum = cycle_momentum)
                        {
                            this.base_momentum = Cycled.Each(base_momentum ?? Enumerable.Repeat(0.85, groups.Length), groups.Length, nameof(base_momentum));
                            this.max_momentum = Cycled.Each(max_momentum ?? Enumerable.Repeat(0.95, groups.Length), groups.Length, nameof(max_momentum));
                            foreach (var group in groups) Cycled.Get(group);
                        }

                        step();
                    }

                    private static IEnumerable<double> All(Optimizer optimizer, double value) =>
                        Enumerable.Repeat(value, (optimizer ?? throw new ArgumentNullException(nameof(optimizer))).ParamGroups.Count());

                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch > total) throw new InvalidOperationException($"The cycle has {total} steps: it is over, and there is no step {Epoch}.");
                        var start = 0.0;
                        var (end, from, to) = phases[^1];
                        foreach (var phase in phases)
                        {
                            (end, from, to) = phase;
                            if (Epoch <= end) break;
                            if (phase != phases[^1]) start = end;
                        }

                        var part = (Epoch - start) / (end - start);
                        for (var i = 0; cycle_momentum && i < groups.Length; i++)
                            Cycled.Set(groups[i], Between(from == 1 ? base_momentum[i] : max_momentum[i], to == 1 ? base_momentum[i] : max_momentum[i], part));
                        return groups.Select((_, i) => Between(Rate(from, i), Rate(to, i), part));
                    }

                    private double Rate(int level, int group) => level switch { 0 => first[group], 1 => highest[group], _ => last[group] };

                    private double Between(double from, double to, double part) =>
                        anneal == AnnealStrategy.Linear ? (to - from) * part + from : to + (from - to) / 2 * (1 + Math.Cos(Math.PI * part));

                    public enum AnnealStrategy
                    {
                        Cos = 0,
                        Linear = 1,
                    }
                }
            }
        }
    }
}

using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimizer's groups, step by step; the first step is taken when it is made.</summary>
            public abstract class LRScheduler
            {
                // The groups whose first rates a schedule has taken down: those after it begin from the same ones, whatever it has made of them.
                private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<ILearningRateController, object> scheduled = [];

                private readonly Optimizer optimizer = null!;
                private readonly bool verbose;
                private readonly double[] base_rates = [];
                private double[] last = [];

                protected int _step_count;

                protected LRScheduler()
                {
                }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    this.optimizer = optimizer ?? throw new ArgumentNullException(nameof(optimizer));
                    this.verbose = verbose;
                    Epoch = last_epoch;
                    if (last_epoch < 0)
                        foreach (var group in optimizer.ParamGroups.Where(g => scheduled.TryAdd(g, this.optimizer))) group.InitialLearningRate = group.LearningRate;
                    base_rates = optimizer.ParamGroups.Select(g => g.InitialLearningRate).ToArray();
                }

                internal Optimizer Optimizer => optimizer;
                private protected int Epoch { get; private set; }
                private protected bool IsFirst => _step_count == 1;
                private protected IReadOnlyList<double> BaseRates => base_rates;
                private protected IEnumerable<double> Rates => optimizer.ParamGroups.Select(g => g.LearningRate);

                public virtual void step() => step((int?)null);

                public virtual void step(int? epoch)
                {
                    _step_count++;
                    Epoch = epoch ?? Epoch + 1;
                    Set(Next(epoch).ToArray());
                }

                private protected virtual IEnumerable<double> Next(int? epoch) => epoch is null ? get_lr() : get_closed_form_lr();

                /// <summary>As if the first step, which is taken when a schedule is made, had not been.</summary>
                internal void Rewind()
                {
                    Epoch--;
                    _step_count = 0;
                }

                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The rates of this step, from those of the step before.</summary>
                protected virtual IEnumerable<double> get_lr() => Rates;

                /// <summary>The rates of this step, from the first ones.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                public IEnumerable<double> get_last_lr() => last;

                private protected void Set(double[] rates)
                {
                    last = rates;
                    foreach (var (group, i) in optimizer.ParamGroups.Select((g, i) => (g, i)))
                    {
                        if (verbose && group.LearningRate != rates[i])
                            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Adjusting learning rate of group {i} to {rates[i]:e4}."));
                        group.LearningRate = rates[i];
                    }
                }
            }
        }
    }
}

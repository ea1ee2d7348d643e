namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>What schedules of schedules are made of.</summary>
                internal static class Combined
                {
                    public static LRScheduler[] OfOne(Optimizer? optimizer, IEnumerable<LRScheduler> schedulers)
                    {
                        var list = (schedulers ?? throw new ArgumentNullException(nameof(schedulers))).ToArray();
                        if (list.Length == 0) throw new ArgumentException("There is no schedule.", nameof(schedulers));
                        if (list.Contains(null)) throw new ArgumentException("One of the schedules is null.", nameof(schedulers));
                        if (list.Any(s => s.Optimizer != (optimizer ?? list[0].Optimizer))) throw new ArgumentException("The schedules must be of one optimizer.", nameof(schedulers));
                        return list;
                    }
                }

                /// <summary>One schedule after the other: the next one begins anew at each milestone.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] schedulers;
                    private readonly int[] milestones;

                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch + 1)
                    {
                        this.schedulers = Combined.OfOne(optimizer, schedulers);
                        this.milestones = (milestones ?? throw new ArgumentNullException(nameof(milestones))).ToArray();
                        if (this.milestones.Length != this.schedulers.Length - 1)
                            throw new ArgumentException($"Between {this.schedulers.Length} schedules there are {this.schedulers.Length - 1} milestones, not {this.milestones.Length}.", nameof(milestones));
                        foreach (var group in optimizer.ParamGroups) group.LearningRate = group.InitialLearningRate;
                        foreach (var schedule in this.schedulers) schedule.Rewind();
                        this.schedulers[0].step();
                        Set(Rates.ToArray());
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var now = milestones.Count(m => m <= Epoch);
                        if (now > 0 && milestones[now - 1] == Epoch) schedulers[now].step(0);
                        else schedulers[now].step();
                        return Rates;
                    }
                }

                /// <summary>Several schedules at once: each goes on from what the one before it has made of the rates.</summary>
                public class ChainedLR : LRScheduler
                {
                    private readonly LRScheduler[] schedulers;

                    public ChainedLR(IEnumerable<LRScheduler> schedulers) : this(Combined.OfOne(null, schedulers))
                    {
                    }

                    private ChainedLR(LRScheduler[] schedulers) : base(schedulers[0].Optimizer, 0)
                    {
                        this.schedulers = schedulers;
                        Set(Rates.ToArray());
                    }

                    public override void step() => base.step();

                    private protected override IEnumerable<double> Next(int? epoch)
                    {
                        foreach (var schedule in schedulers) schedule.step(epoch);
                        return Rates;
                    }
                }
            }
        }
    }
}

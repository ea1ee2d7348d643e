namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Lowers the rates when what is measured has not become better for some time.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly string mode, threshold_mode;
                    private readonly double factor, threshold, eps;
                    private readonly int patience, cooldown;
                    private readonly double[] min_rates;
                    private double best;
                    private int bad, cooling;

                    public ReduceLROnPlateau(
                        Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 0.0001, string threshold_mode = "rel",
                        int cooldown = 0, IList<double>? min_lr = null, double eps = 1E-08, bool verbose = false) : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1) throw new ArgumentException("The factor must be below 1.", nameof(factor));
                        if (mode is not ("min" or "max")) throw new ArgumentException($"The mode must be 'min' or 'max', not '{mode}'.", nameof(mode));
                        if (threshold_mode is not ("rel" or "abs"))
                            throw new ArgumentException($"The threshold's mode must be 'rel' or 'abs', not '{threshold_mode}'.", nameof(threshold_mode));
                        var groups = BaseRates.Count;
                        if (min_lr is { Count: > 1 } && min_lr.Count != groups) throw new ArgumentException($"There are {groups} groups of parameters, but {min_lr.Count} lowest rates.", nameof(min_lr));
                        (this.mode, this.factor, this.patience, this.threshold, this.threshold_mode, this.cooldown, this.eps) = (mode, factor, patience, threshold, threshold_mode, cooldown, eps);
                        min_rates = min_lr is { Count: > 1 } ? min_lr.ToArray() : Enumerable.Repeat(min_lr is { Count: 1 } ? min_lr[0] : 0, groups).ToArray();
                        best = mode == "min" ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    public override void step() => throw new InvalidOperationException("ReduceLROnPlateau needs what was measured: call step(current).");

                    public override void step(int? epoch) => step();

                    public override void step(double current, int? epoch = null)
                    {
                        _step_count++;
                        if (IsBetter(current))
                        {
                            best = current;
                            bad = 0;
                        }
                        else
                        {
                            bad++;
                        }

                        if (cooling > 0)
                        {
                            cooling--;
                            bad = 0;
                        }

                        if (bad <= patience) return;
                        Set(Rates.Select((rate, i) => Math.Max(rate * factor, min_rates[i]) is var lower && rate - lower > eps ? lower : rate).ToArray());
                        cooling = cooldown;
                        bad = 0;
                    }

                    private bool IsBetter(double current) => (mode, threshold_mode) switch
                    {
                        ("min", "rel") => current < best * (1 - threshold),
                        ("min", _) => current < best - threshold,
                        (_, "rel") => current > best * (1 + threshold),
                        _ => current > best + threshold,
                    };
                }
            }
        }
    }
}

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                public class StepLR : LRScheduler
                {
                    private readonly int step_size;
                    private readonly double gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        if (step_size < 1) throw new ArgumentException($"step_size must be at least 1, not {step_size}.", nameof(step_size));
                        (this.step_size, this.gamma) = (step_size, gamma);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Epoch == 0 || Epoch % step_size != 0 ? Rates : Rates.Select(r => r * gamma);
                    protected override IEnumerable<double> get_closed_form_lr() => BaseRates.Select(r => r * Math.Pow(gamma, Epoch / step_size));
                }

                public class MultiStepLR : LRScheduler
                {
                    private readonly IList<int> milestones;
                    private readonly double gamma;

                    public MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (this.milestones, this.gamma) = (milestones, gamma);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Rates.Select(r => r * Math.Pow(gamma, milestones.Count(m => m == Epoch)));
                    protected override IEnumerable<double> get_closed_form_lr() => BaseRates.Select(r => r * Math.Pow(gamma, milestones.Count(m => m <= Epoch)));
                }

                public class ExponentialLR : LRScheduler
                {
                    private readonly double gamma;

                    public ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        this.gamma = gamma;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Epoch == 0 ? Rates : Rates.Select(r => r * gamma);
                    protected override IEnumerable<double> get_closed_form_lr() => BaseRates.Select(r => r * Math.Pow(gamma, Epoch));
                }

                public class LambdaLR : LRScheduler
                {
                    private readonly List<Func<int, double>> factors;

                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda ?? throw new ArgumentNullException(nameof(lr_lambda)), (optimizer ?? throw new ArgumentNullException(nameof(optimizer))).ParamGroups.Count()), last_epoch, verbose)
                    {
                    }

                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        factors = OneEach(lr_lambdas, BaseRates.Count);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => BaseRates.Select((r, i) => r * factors[i](Epoch));
                }

                public class MultiplicativeLR : LRScheduler
                {
                    private readonly List<Func<int, double>> factors;

                    public MultiplicativeLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda ?? throw new ArgumentNullException(nameof(lr_lambda)), (optimizer ?? throw new ArgumentNullException(nameof(optimizer))).ParamGroups.Count()), last_epoch, verbose)
                    {
                    }

                    public MultiplicativeLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        factors = OneEach(lr_lambdas, BaseRates.Count);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Epoch > 0 ? Rates.Select((r, i) => r * factors[i](Epoch)) : Rates;
                }

                public class ConstantLR : LRScheduler
                {
                    private readonly double factor;
                    private readonly int total_iters;

                    public ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (factor is not (>= 0 and <= 1)) throw new ArgumentException("The factor must be from 0 to 1.", nameof(factor));
                        (this.factor, this.total_iters) = (factor, total_iters);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        Epoch == 0 ? Rates.Select(r => r * factor) : Epoch == total_iters ? Rates.Select(r => r / factor) : Rates;

                    protected override IEnumerable<double> get_closed_form_lr() => BaseRates.Select(r => r * (Epoch < total_iters ? factor : 1));
                }

                public class LinearLR : LRScheduler
                {
                    private readonly double start, end;
                    private readonly int total_iters;

                    public LinearLR(
                        Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (start_factor is not (> 0 and <= 1)) throw new ArgumentException("The first factor must be above 0 and at most 1.", nameof(start_factor));
                        if (end_factor is not (>= 0 and <= 1)) throw new ArgumentException("The last factor must be from 0 to 1.", nameof(end_factor));
                        (start, end, this.total_iters) = (start_factor, end_factor, total_iters);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        Epoch == 0 ? Rates.Select(r => r * start)
                        : Epoch > total_iters ? Rates
                        : Rates.Select(r => r * (1 + (end - start) / (total_iters * start + (Epoch - 1) * (end - start))));

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(r => r * (start + (end - start) * Math.Min(total_iters, Epoch) / total_iters));
                }

                /// <summary>Loshchilov and Hutter 2016, without the restarts.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double T_max, eta_min;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (!(T_max > 0)) throw new ArgumentException("T_max must be above 0.", nameof(T_max));
                        (this.T_max, this.eta_min) = (T_max, eta_min);
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch == 0) return Rates;
                        if (IsFirst) return get_closed_form_lr();
                        if ((Epoch - 1 - T_max) % (2 * T_max) == 0) return Rates.Zip(BaseRates, (r, first) => r + (first - eta_min) * (1 - Math.Cos(Math.PI / T_max)) / 2);
                        return Rates.Select(r => (1 + Math.Cos(Math.PI * Epoch / T_max)) / (1 + Math.Cos(Math.PI * (Epoch - 1) / T_max)) * (r - eta_min) + eta_min);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(r => eta_min + (r - eta_min) * (1 + Math.Cos(Math.PI * Epoch / T_max)) / 2);
                }

                public class PolynomialLR : LRScheduler
                {
                    private readonly int total_iters;
                    private readonly double power;

                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (this.total_iters, this.power) = (total_iters, power);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        Epoch == 0 || Epoch > total_iters ? Rates
                        : Rates.Select(r => r * Math.Pow((1.0 - (double)Epoch / total_iters) / (1.0 - (double)(Epoch - 1) / total_iters), power));

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(r => r * Math.Pow(1.0 - (double)Math.Min(total_iters, Epoch) / total_iters, power));
                }

                private static List<Func<int, double>> OneEach(IEnumerable<Func<int, double>> factors, int groups)
                {
                    var list = factors.ToList();
                    return list.Count == groups ? list : throw new ArgumentException($"There are {groups} groups of parameters, but {list.Count} functions.");
                }
            }
        }
    }
}

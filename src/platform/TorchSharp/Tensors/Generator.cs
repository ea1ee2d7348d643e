using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = InitializeDevice(device);
            handle = Shim.fed_new_generator(seed);
        }

        private Generator(nint handle)
        {
            this.handle = handle;
            device = CPU;
        }

        public static Generator Default => new(Shim.fed_default_generator());

        public IntPtr Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator), "This random generator has been disposed.");
        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            Shim.fed_set_seed(Handle, (ulong)seed);
            return this;
        }

        public long initial_seed() => (long)Shim.fed_current_seed(Handle);
        public long seed() => (long)Shim.fed_new_seed(Handle);
        public Tensor get_state() => new(Shim.Check(Shim.fed_generator_state(Handle)), 0);

        public void set_state(Tensor value)
        {
            value.Needed();
            Shim.Check(Shim.fed_set_generator_state(Handle, value.Handle));
            GC.KeepAlive(value);
        }

        ~Generator() => Dispose(false);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var freed = Interlocked.Exchange(ref handle, 0);
            if (freed != 0) Shim.fed_release_generator(freed);
        }
    }

    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);
    public static long initial_seed() => random.initial_seed();
    public static long seed() => random.seed();
    public static Tensor get_rng_state() => random.get_rng_state();
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static long seed()
        {
            using var generator = Generator.Default;
            return generator.seed();
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}

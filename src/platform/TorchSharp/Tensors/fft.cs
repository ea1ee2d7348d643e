namespace TorchSharp
{
    /// <summary>Where a Fourier transform is divided by its length: going back, going there, or half in each.</summary>
    public enum FFTNormType
    {
        Backward = 0,
        Forward = 1,
        Ortho = 2,
    }

    public static partial class torch
    {
        public static partial class fft
        {
            private static string Name(FFTNormType norm) => norm.ToString().ToLowerInvariant();
        }
    }
}

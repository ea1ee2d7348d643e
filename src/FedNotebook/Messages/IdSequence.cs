namespace FedNotebook;

/// <summary>
/// Numbers of up to eleven digits in no visible order, from a linear congruential generator of full period (Hull and Dobell, 1962):
/// none comes twice, and nothing needs to be kept to know which have come.
/// </summary>
internal sealed class IdSequence
{
    private const long Modulus = 100_000_000_000;

    /// <summary>The multiplier, less one, is divisible by 4 and 5, and the increment shares no factor with 10, as full period asks.</summary>
    private static readonly Jump One = new(3_141_592_621, 2_718_281_829);

    private readonly long start;
    private long last;
    private long steps;

    public IdSequence() : this(Random.Shared.NextInt64(Modulus))
    {
    }

    /// <summary>Starts after a number of below twelve digits.</summary>
    public IdSequence(long start) => this.start = last = start;

    public long Next()
    {
        do
        {
            last = One.From(last);
            steps++;
        }
        while (last == 0);
        return last;
    }

    public bool HasGiven(long id) => id is > 0 and < Modulus && StepsTo(id) is > 0 and var needed && needed <= steps;

    /// <summary>
    /// How many steps lead from the start to the id. The last n digits come round in exactly 10^n steps, so each digit of the id,
    /// from the right, tells one digit of the answer.
    /// </summary>
    private long StepsTo(long id)
    {
        var (at, needed, jump) = (start, 0L, One);
        for (var length = 1L; length < Modulus; length *= 10)
        {
            while ((at - id) % (length * 10) != 0)
            {
                at = jump.From(at);
                needed += length;
            }

            jump = jump.TenTimes();
        }

        return needed;
    }

    /// <summary>A number of steps at once: from x to multiplier * x + increment.</summary>
    private readonly record struct Jump(long Multiplier, long Increment)
    {
        /// <summary>The multiplier in two parts: so no product needs more than 63 bits, and there is no division of 128.</summary>
        public long From(long x) => ((x * (Multiplier >> 16) % Modulus << 16) + x * (Multiplier & 0xFFFF) + Increment) % Modulus;

        public Jump TenTimes()
        {
            var jump = this;
            for (var i = 1; i < 10; i++) jump = new Jump((long)((UInt128)Multiplier * (UInt128)jump.Multiplier % Modulus), From(jump.Increment));
            return jump;
        }
    }
}

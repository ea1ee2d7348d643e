using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => left.Needed().add(right);
        public static Tensor operator +(Tensor left, Scalar right) => left.Needed().add(right);
        public static Tensor operator +(Tensor left, int right) => left.Needed().add((Scalar)right);
        public static Tensor operator +(Tensor left, long right) => left.Needed().add((Scalar)right);
        public static Tensor operator +(Tensor left, float right) => left.Needed().add((Scalar)right);
        public static Tensor operator +(Tensor left, double right) => left.Needed().add((Scalar)right);
        public static Tensor operator +(Scalar left, Tensor right) => right.Needed().add(left);
        public static Tensor operator +(int left, Tensor right) => (Scalar)left + right;
        public static Tensor operator +(long left, Tensor right) => (Scalar)left + right;
        public static Tensor operator +(float left, Tensor right) => (Scalar)left + right;
        public static Tensor operator +(double left, Tensor right) => (Scalar)left + right;

        public static Tensor operator -(Tensor left, Tensor right) => left.Needed().sub(right);
        public static Tensor operator -(Tensor left, Scalar right) => left.Needed().sub(right);
        public static Tensor operator -(Tensor left, int right) => left.Needed().sub((Scalar)right);
        public static Tensor operator -(Tensor left, long right) => left.Needed().sub((Scalar)right);
        public static Tensor operator -(Tensor left, float right) => left.Needed().sub((Scalar)right);
        public static Tensor operator -(Tensor left, double right) => left.Needed().sub((Scalar)right);
        public static Tensor operator -(Scalar left, Tensor right) => Aten.rsub_Scalar.Tensor(right, left);
        public static Tensor operator -(int left, Tensor right) => (Scalar)left - right;
        public static Tensor operator -(long left, Tensor right) => (Scalar)left - right;
        public static Tensor operator -(float left, Tensor right) => (Scalar)left - right;
        public static Tensor operator -(double left, Tensor right) => (Scalar)left - right;

        public static Tensor operator *(Tensor left, Tensor right) => left.Needed().mul(right);
        public static Tensor operator *(Tensor left, Scalar right) => left.Needed().mul(right);
        public static Tensor operator *(Tensor left, int right) => left.Needed().mul((Scalar)right);
        public static Tensor operator *(Tensor left, long right) => left.Needed().mul((Scalar)right);
        public static Tensor operator *(Tensor left, float right) => left.Needed().mul((Scalar)right);
        public static Tensor operator *(Tensor left, double right) => left.Needed().mul((Scalar)right);
        public static Tensor operator *(Scalar left, Tensor right) => right.Needed().mul(left);
        public static Tensor operator *(int left, Tensor right) => (Scalar)left * right;
        public static Tensor operator *(long left, Tensor right) => (Scalar)left * right;
        public static Tensor operator *(float left, Tensor right) => (Scalar)left * right;
        public static Tensor operator *(double left, Tensor right) => (Scalar)left * right;

        public static Tensor operator /(Tensor left, Tensor right) => left.Needed().div(right);
        public static Tensor operator /(Tensor left, Scalar right) => left.Needed().div(right);
        public static Tensor operator /(Tensor left, int right) => left.Needed().div((Scalar)right);
        public static Tensor operator /(Tensor left, long right) => left.Needed().div((Scalar)right);
        public static Tensor operator /(Tensor left, float right) => left.Needed().div((Scalar)right);
        public static Tensor operator /(Tensor left, double right) => left.Needed().div((Scalar)right);
        public static Tensor operator /(Scalar left, Tensor right) => Reverse(left, right);
        public static Tensor operator /(int left, Tensor right) => (Scalar)left / right;
        public static Tensor operator /(long left, Tensor right) => (Scalar)left / right;
        public static Tensor operator /(float left, Tensor right) => (Scalar)left / right;
        public static Tensor operator /(double left, Tensor right) => (Scalar)left / right;

        public static Tensor operator %(Tensor left, Tensor right) => left.Needed().remainder(right);
        public static Tensor operator %(Tensor left, Scalar right) => left.Needed().remainder(right);
        public static Tensor operator %(Tensor left, int right) => left.Needed().remainder((Scalar)right);
        public static Tensor operator %(Tensor left, long right) => left.Needed().remainder((Scalar)right);
        public static Tensor operator %(Tensor left, float right) => left.Needed().remainder((Scalar)right);
        public static Tensor operator %(Tensor left, double right) => left.Needed().remainder((Scalar)right);

        private static Tensor Reverse(Scalar left, Tensor right)
        {
            using var reciprocal = right.Needed().reciprocal();
            return reciprocal.mul(left);
        }

        public static Tensor operator -(Tensor tensor) => tensor.Needed().neg();
        public static Tensor operator ~(Tensor left) => left.Needed().bitwise_not();
        public static Tensor operator &(Tensor left, Tensor right) => left.Needed().bitwise_and(right);
        public static Tensor operator |(Tensor left, Tensor right) => left.Needed().bitwise_or(right);
        public static Tensor operator ^(Tensor left, Tensor right) => left.Needed().bitwise_xor(right);

        public static Tensor operator ==(Tensor left, Tensor right) => left.Needed().eq(right);
        public static Tensor operator ==(Tensor left, Scalar right) => left.Needed().eq(right);
        public static Tensor operator ==(Scalar left, Tensor right) => right.Needed().eq(left);
        public static Tensor operator !=(Tensor left, Tensor right) => left.Needed().ne(right);
        public static Tensor operator !=(Tensor left, Scalar right) => left.Needed().ne(right);
        public static Tensor operator !=(Scalar left, Tensor right) => right.Needed().ne(left);
        public static Tensor operator <(Tensor left, Tensor right) => left.Needed().lt(right);
        public static Tensor operator <(Tensor left, Scalar right) => left.Needed().lt(right);
        public static Tensor operator <(Scalar left, Tensor right) => right.Needed().gt(left);
        public static Tensor operator <=(Tensor left, Tensor right) => left.Needed().le(right);
        public static Tensor operator <=(Tensor left, Scalar right) => left.Needed().le(right);
        public static Tensor operator <=(Scalar left, Tensor right) => right.Needed().ge(left);
        public static Tensor operator >(Tensor left, Tensor right) => left.Needed().gt(right);
        public static Tensor operator >(Tensor left, Scalar right) => left.Needed().gt(right);
        public static Tensor operator >(Scalar left, Tensor right) => right.Needed().lt(left);
        public static Tensor operator >=(Tensor left, Tensor right) => left.Needed().ge(right);
        public static Tensor operator >=(Tensor left, Scalar right) => left.Needed().ge(right);
        public static Tensor operator >=(Scalar left, Tensor right) => right.Needed().le(left);

        public static implicit operator Tensor(byte value) => Factories.Scalar(value, null, null, false);
        public static implicit operator Tensor(sbyte value) => Factories.Scalar(value, null, null, false);
        public static implicit operator Tensor(short value) => Factories.Scalar(value, null, null, false);
        public static implicit operator Tensor(int value) => Factories.Scalar(value, null, null, false);
        public static implicit operator Tensor(long value) => Factories.Scalar(value, null, null, false);
        public static implicit operator Tensor(float value) => Factories.Scalar(value, null, null, false);
        public static implicit operator Tensor(double value) => Factories.Scalar(value, null, null, false);
        public static implicit operator Tensor(bool value) => Factories.Scalar(value, null, null, false);
        public static implicit operator Tensor((float, float) value) => Factories.Scalar(value, null, null, false);
        public static implicit operator Tensor(System.Numerics.Complex value) => Factories.Scalar(value, null, null, false);
        public static implicit operator Tensor(byte[] value) => Factories.Copy(value, LengthOf(value), null, null, false);
        public static implicit operator Tensor(sbyte[] value) => Factories.Copy(value, LengthOf(value), null, null, false);
        public static implicit operator Tensor(short[] value) => Factories.Copy(value, LengthOf(value), null, null, false);
        public static implicit operator Tensor(int[] value) => Factories.Copy(value, LengthOf(value), null, null, false);
        public static implicit operator Tensor(long[] value) => Factories.Copy(value, LengthOf(value), null, null, false);
        public static implicit operator Tensor(float[] value) => Factories.Copy(value, LengthOf(value), null, null, false);
        public static implicit operator Tensor(double[] value) => Factories.Copy(value, LengthOf(value), null, null, false);
        public static implicit operator Tensor(bool[] value) => Factories.Copy(value, LengthOf(value), null, null, false);
        public static implicit operator Tensor((float, float)[] value) => Factories.Copy(value, LengthOf(value), null, null, false);
        public static implicit operator Tensor(System.Numerics.Complex[] value) => Factories.Copy(value, LengthOf(value), null, null, false);

        private static long[] LengthOf(Array? value) => [(value ?? throw new ArgumentNullException(nameof(value))).Length];

        public static implicit operator Tensor(Scalar scalar) =>
            Aten.full.Tensor(Array.Empty<long>(), scalar, scalar.Type);
    }
}

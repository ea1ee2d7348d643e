using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Names of dimensions, as libtorch has them: null or "*" stands for one without a name.</summary>
    public partial class Tensor
    {
        /// <summary>The name of each dimension; null where it has none.</summary>
        public unsafe string?[] names
        {
            get
            {
                var text = Shim.fed_names(Handle);
                GC.KeepAlive(this);
                if (text == null) return new string?[ndim];
                var lines = Marshal.PtrToStringUTF8((nint)text)!.Split('\n');
                Shim.fed_free(text);
                return Array.ConvertAll(lines, line => line.Length > 0 ? line : null);
            }
        }

        public bool has_names() => names.Any(n => n is not null);

        /// <summary>Names dimensions that have no name yet; "..." stands for those in the middle, as they are.</summary>
        public Tensor refine_names(params string[] names) => Aten.refine_names.Tensor(this, Lines(names));
        public Tensor refine_names(IEnumerable<string> names) => refine_names(names?.ToArray() ?? []);

        /// <summary>The dimensions in the order of the names; a name that is new is a dimension of size 1.</summary>
        public Tensor align_to(params string[] names) => Aten.align_to.Tensor(this, Lines(names));
        public Tensor align_to(IEnumerable<string> names) => align_to(names?.ToArray() ?? []);
        public Tensor align_as(Tensor other) => Aten.align_as.Tensor(this, other);

        /// <summary>Makes one dimension of neighbouring ones.</summary>
        public Tensor flatten(IList<string> dims, string out_dim) => Aten.flatten_DimnameList.Tensor(this, Lines(dims?.ToArray()!), Line(out_dim));

        /// <summary>Makes several dimensions, with their sizes, of one.</summary>
        public Tensor unflatten(string dim, params (string, long)[] sizes)
        {
            ArgumentNullException.ThrowIfNull(sizes);
            return Aten.unflatten_Dimname.Tensor(this, Line(dim), Array.ConvertAll(sizes, s => s.Item2), Lines(Array.ConvertAll(sizes, s => s.Item1)));
        }

        internal void Name(string[] names) => Aten.rename_.Tensor(this, Lines(names)).Dispose();

        private string Lines(string?[]? names)
        {
            names ??= [];
            var middle = Array.IndexOf(names, "...");
            if (middle >= 0) names = [.. names[..middle], .. this.names[middle..Math.Max(middle, (int)ndim - (names.Length - middle - 1))], .. names[(middle + 1)..]];
            return string.Join('\n', names.Select(Line));
        }

        private static string Line(string? name)
        {
            if (name is not null && name != "*" && !(name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
                throw new ArgumentException($"A dimension's name is made of letters, digits and _, and does not begin with a digit: '{name}' cannot be one.", nameof(name));
            return "dimname::" + (name ?? "*");
        }
    }
}

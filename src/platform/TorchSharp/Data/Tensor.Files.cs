using System.Text;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static void save(Tensor t, string location) => TorchArchive.Write(t, location);
    public static Tensor load(string location) => TorchArchive.Read(location);

    public partial class Tensor
    {
        public void save(string location) => TorchArchive.Write(this, location);
        public static Tensor load(string location) => TorchArchive.Read(location);

        public static Tensor Load(BinaryReader reader) => TensorFile.Read(reader);

        public static Tensor Load(Stream stream)
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            return TensorFile.Read(reader);
        }

        public static Tensor Load(string location)
        {
            if (!File.Exists(location)) throw new FileNotFoundException($"There is no file '{location}' to load a tensor from.", location);
            using var stream = File.OpenRead(location);
            return Load(stream);
        }
    }
}

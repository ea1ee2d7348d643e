using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>Reads and writes a file or a folder as its path.</summary>
internal sealed class FileSystemInfoConverter : JsonConverter<FileSystemInfo>
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(FileInfo) || typeToConvert == typeof(DirectoryInfo);

    public override FileSystemInfo? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is not { } path ? null : typeToConvert == typeof(FileInfo) ? new FileInfo(path) : new DirectoryInfo(path);

    public override void Write(Utf8JsonWriter writer, FileSystemInfo value, JsonSerializerOptions options) => writer.WriteStringValue(value.FullName);
}

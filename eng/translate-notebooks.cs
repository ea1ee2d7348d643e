#!/usr/bin/env dotnet
// Keeps notebooks/zh in step with notebooks: the same cells in the same order, code and outputs copied, and only the texts in Chinese.
// A text is translated by hand in notebooks/zh; it keeps the digest of the English text that it says, so a text that changed is noticed.
//   dotnet run eng/translate-notebooks.cs     copies, signs new translations, and names what is still to be translated (exit status 1)
#:property PublishAot=false

using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

const string Signature = "translated_from";
var english = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "notebooks"));
var chinese = Directory.CreateDirectory(Path.Combine(english, "zh")).FullName;
var writing = new JsonSerializerOptions { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
var open = 0;

foreach (var path in Directory.GetFiles(english, "*.ipynb").Order(StringComparer.Ordinal))
{
    var name = Path.GetFileName(path);
    var translation = Path.Combine(chinese, name);
    var known = File.Exists(translation) ? Cells(JsonNode.Parse(File.ReadAllText(translation))!).ToDictionary(cell => (string)cell["id"]!) : [];
    var notebook = JsonNode.Parse(File.ReadAllText(path))!;
    foreach (var cell in Cells(notebook).Where(cell => (string)cell["cell_type"]! == "markdown"))
    {
        var digest = Digest(Text(cell));
        var metadata = cell["metadata"]!.AsObject();
        if (known.GetValueOrDefault((string)cell["id"]!) is { } before && Regex.IsMatch(Text(before), @"\p{IsCJKUnifiedIdeographs}"))
        {
            // A translation without a signature is new: it says what the English says now.
            var signed = (string?)before["metadata"]![Signature] ?? digest;
            cell["source"] = before["source"]!.DeepClone();
            metadata[Signature] = signed;
            if (signed == digest) continue;
            Say($"{name}, cell {cell["id"]}: the English text has changed. Translate it anew and delete the cell's \"{Signature}\".");
        }
        else
        {
            Say($"{name}, cell {cell["id"]}: not translated yet. Its English text stands in notebooks/zh/{name}.");
        }
    }

    File.WriteAllText(translation, notebook.ToJsonString(writing) + "\n");
}

foreach (var path in Directory.GetFiles(chinese, "*.ipynb").Where(path => !File.Exists(Path.Combine(english, Path.GetFileName(path)))))
{
    File.Delete(path);
    Console.WriteLine($"{Path.GetFileName(path)}: there is no such English notebook any more; deleted.");
}

return open == 0 ? 0 : 1;

void Say(string what)
{
    open++;
    Console.WriteLine(what);
}

static IEnumerable<JsonNode> Cells(JsonNode notebook) => notebook["cells"]!.AsArray().Select(cell => cell!);

static string Text(JsonNode cell) => cell["source"] is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string)cell["source"]!;

static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

static string ThisFile([CallerFilePath] string path = "") => path;

#!/usr/bin/env dotnet
// The outputs that are committed with the notebooks.
//
//   dotnet run eng/notebooks.cs write [NAME]...     runs the notebooks, or those whose names begin so, and writes their outputs and pictures
//   dotnet run eng/notebooks.cs check [FOLDER]      says which outputs are missing, older than their code, errors, or tied to a machine
//
// From the repository's root; ./fednb notebooks builds first. Scripts are taken out of the outputs: the plots leave their still pictures, and plotly.js stays out of
// the repository. Translations take code and outputs from there by eng/translate-notebooks.cs.

#:property PublishAot=false
#:property Nullable=enable
#:property UseSharedCompilation=false

using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

switch (args)
{
    case ["write", .. var names]:
        return Write("notebooks", names);
    case ["check"]:
        return Check("notebooks");
    case ["check", var folder]:
        return Check(folder);
    default:
        Console.Error.WriteLine("dotnet run eng/notebooks.cs write [NAME]... | check [FOLDER]");
        return 2;
}

static int Write(string folder, string[] names)
{
    var chosen = Originals(folder).Where(file => names.Length == 0 || names.Any(name => Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal))).ToList();
    if (chosen.Count == 0)
    {
        Console.Error.WriteLine($"No notebook in {folder}/ begins with {string.Join(" or ", names)}.");
        return 1;
    }

    foreach (var file in chosen)
    {
        if (Run(file) is not { } ran) return 1;
        var before = Read(file);
        Tidy(ran);
        if (IsCurrent(before) && Masked(before) == Masked(ran)) CopyOutputs(before, ran);
        ran["metadata"]!["fednb"] = new JsonObject { ["code"] = Digest(ran) };
        Save(ran, file);
        SavePicture(ran, Path.Combine(folder, "pictures", Path.GetFileNameWithoutExtension(file) + ".svg"));
    }

    return 0;
}

static int Check(string folder)
{
    var problems = new List<string>();
    foreach (var file in Originals(folder).Concat(Directory.GetDirectories(folder).SelectMany(Originals)))
    {
        var notebook = Read(file);
        if (!IsCurrent(notebook))
        {
            problems.Add($"{file}: the outputs are older than the code");
            continue;
        }

        foreach (var (cell, number) in CodeCells(notebook).Select((cell, index) => (cell, index + 1)))
        {
            if (cell["execution_count"] is null) problems.Add($"{file}: code cell {number} did not run");
            foreach (var output in cell["outputs"]!.AsArray())
            {
                var text = output!.ToJsonString(Json.Format);
                if ((string?)output["output_type"] == "error" || (string?)output["name"] == "stderr") problems.Add($"{file}: code cell {number} ends in an error");
                if (text.Contains("<script", StringComparison.OrdinalIgnoreCase)) problems.Add($"{file}: code cell {number} put out a script");
                if (MachinePath(text) is { Length: > 0 } path) problems.Add($"{file}: code cell {number} put out the path {path}");
            }
        }
    }

    problems.ForEach(Console.Error.WriteLine);
    if (problems.Count > 0) Console.Error.WriteLine("./fednb notebooks writes the outputs anew.");
    return problems.Count > 0 ? 1 : 0;

    static string MachinePath(string text) => Regex.Match(text, @"(?<![\w.:/<-])/(home|root|tmp|work|var|usr|opt|mnt|Users)/[\w./-]+|\b[A-Z]:\\\\\w[\w\\.]*").Value;
}

static JsonObject? Run(string file)
{
    Console.WriteLine($"Running {file}");
    var written = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.ipynb");
    try
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine("artifacts", "fednb", "fednb.dll"), "run", file, "--out", written]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Read(written) : null;
    }
    finally
    {
        File.Delete(written);
    }
}

// Takes out what only a living page needs: scripts, the data of plots, and ids that are new in each run.
static void Tidy(JsonObject notebook)
{
    var ids = new Dictionary<string, string>();
    foreach (var outputs in CodeCells(notebook).Select(cell => cell["outputs"]!.AsArray()))
    {
        foreach (var output in outputs.ToList())
        {
            if (output!["data"] is not JsonObject data || data["text/html"] is null) continue;
            data.Remove("application/vnd.plotly.v1+json");
            var html = Regex.Replace(Text(data["text/html"]), "<script.*?</script>\n?", "", RegexOptions.Singleline);
            html = Regex.Replace(html, "\"fednb-([0-9a-f]{12})-[0-9]+\"", match => $"\"fednb-{ids.GetOrAdd(match.Groups[1].Value, $"{ids.Count + 1}")}\"");
            if (string.IsNullOrWhiteSpace(html)) outputs.Remove(output);
            else data["text/html"] = Lines(html);
        }
    }
}

// The images of stills as the drawings that are in their addresses.
static string Drawing(string html) => Regex.Replace(html, "<img src=\"data:image/svg\\+xml;charset=utf-8,(.*?)\"[^>]*>", image => Uri.UnescapeDataString(WebUtility.HtmlDecode(image.Groups[1].Value)));

// The picture of a notebook is in the output of the cell that has "picture" in its metadata: its first drawing, or where that is a number the whole output, so high.
static void SavePicture(JsonObject notebook, string path)
{
    var cell = CodeCells(notebook).FirstOrDefault(cell => cell["metadata"]?["fednb"]?["picture"] is not null);
    if (cell is null) return;
    var html = cell["outputs"]!.AsArray().Select(output => Drawing(Text(output!["data"]?["text/html"]))).Last(html => html.Length > 0);
    var height = cell["metadata"]!["fednb"]!["picture"]!.AsValue();
    var svg = height.GetValueKind() == JsonValueKind.Number
        ? $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 700 {height}\" width=\"700\" height=\"{height}\"><foreignObject width=\"100%\" height=\"100%\">"
          + $"<div xmlns=\"http://www.w3.org/1999/xhtml\" style=\"font-family:system-ui,sans-serif;padding:8px\">{html}</div></foreignObject></svg>"
        : Regex.Match(html, "<svg.*?</svg>", RegexOptions.Singleline).Value;
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);

    // A picture does not know the color of the page that it stands on.
    File.WriteAllText(path, new Regex("<svg").Replace(svg, "<svg style='background:#fff;color:#24292f'", 1).Replace("#767676", "#24292f") + "\n");
}

static bool IsCurrent(JsonObject notebook) => (string?)notebook["metadata"]?["fednb"]?["code"] == Digest(notebook);

static string Digest(JsonObject notebook) =>
    Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join("\n\f\n", CodeCells(notebook).Select(cell => Text(cell["source"]))))))[..16];

// The outputs without what differs from run to run: ids of objects and times.
static string Masked(JsonObject notebook) =>
    Regex.Replace(string.Concat(CodeCells(notebook).Select(cell => cell["outputs"]!.ToJsonString())), @"\d{7,11}|\d+:\d\d elapsed|\d+\.\d+ s\b", "#");

static void CopyOutputs(JsonObject from, JsonObject to)
{
    foreach (var (source, target) in CodeCells(from).Zip(CodeCells(to)))
        (target["outputs"], target["execution_count"]) = (source["outputs"]!.DeepClone(), source["execution_count"]?.DeepClone());
}

static IEnumerable<JsonObject> CodeCells(JsonObject notebook) => notebook["cells"]!.AsArray().Select(cell => cell!.AsObject()).Where(cell => (string?)cell["cell_type"] == "code");

static IEnumerable<string> Originals(string folder) => Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal);

static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

static void Save(JsonObject notebook, string path) => File.WriteAllText(path, notebook.ToJsonString(Json.Format) + "\n");

static string Text(JsonNode? text) => text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)text ?? "";

static JsonArray Lines(string text) => [.. Regex.Matches(text, ".*\n|.+$").Select(line => (JsonNode)line.Value)];

internal static class Json
{
    public static readonly JsonSerializerOptions Format = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    public static string GetOrAdd(this Dictionary<string, string> names, string key, string name) => names.TryAdd(key, name) ? name : names[key];
}

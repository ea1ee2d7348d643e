using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FedNotebook.Tests.Pages;

/// <summary>Opens a page in Debian's chromium with no network, lets a script of the test look at it, and gives what the script found.</summary>
internal static class Browser
{
    private static readonly string? chromium =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    /// <summary>The script is the body of an async function; what it returns comes back as text.</summary>
    internal static string Ask(string page, string script)
    {
        Assert.SkipWhen(chromium is null, "chromium is not installed (apt install chromium).");
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "page.html");
            File.WriteAllText(path, page + $$"""
                <pre id="answer"></pre>
                <script>
                window.onerror = message => { document.getElementById("answer").textContent = "error: " + message; };
                (async function () {
                  const wait = ms => new Promise(done => setTimeout(done, ms));
                  await wait(300);
                  {{script}}
                })().catch(error => "error: " + error.stack).then(found => { document.getElementById("answer").textContent = found; });
                </script>
                """);
            var dom = Run("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
                "--window-size=1000,700", "--virtual-time-budget=8000", $"--user-data-dir={folder.FullName}/profile", "--dump-dom", "file://" + path);
            return System.Net.WebUtility.HtmlDecode(Regex.Match(dom, "<pre id=\"answer\">(.*?)</pre>", RegexOptions.Singleline).Groups[1].Value);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(chromium!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}

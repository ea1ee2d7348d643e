using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.CSharp;

namespace FedNotebook.Kernel.Magics;

/// <summary>The magic commands and the small languages that every notebook has beside C#.</summary>
internal static class NotebookMagics
{
    public static void AddTo(CompositeKernel root, CSharpKernel csharp)
    {
        csharp.UseValueSharing().UseWho();
        root.Add(new HtmlKernel());
        root.Add(new JavaScriptKernel().UseValueSharing(), ["js"]);
        root.Add(new MarkdownKernel(), ["md"]);
        root.Add(new KeyValueStoreKernel().UseWho());
        root.UseImportMagicCommand();
        AboutMagic.AddTo(root);
        ListMagics.AddTo(root);
        TimeMagic.AddTo(root);
    }
}

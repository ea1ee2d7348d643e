using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Notebooks;

/// <summary>What the kernel asks of a notebook's cell.</summary>
internal static class Cells
{
    public const string CSharp = "csharp", Markdown = "markdown", Raw = "raw";

    extension(InteractiveDocumentElement cell)
    {
        /// <summary>The kernel that the cell is for, or <see cref="Markdown"/> or <see cref="Raw"/>.</summary>
        public string Language => cell.KernelName ?? CSharp;

        public bool IsCode => cell.Language is not (Markdown or Raw);

        /// <summary>Its text as it runs and is shown; the file may end its lines otherwise.</summary>
        public string Text => cell.Contents.ReplaceLineEndings("\n");
    }
}

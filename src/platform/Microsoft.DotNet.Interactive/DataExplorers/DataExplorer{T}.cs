using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>A way to look at data; shown as HTML.</summary>
public abstract class DataExplorer<TData>
{
    protected DataExplorer(TData data) => Data = data;

    /// <summary>What tells this one from others in the page.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public TData Data { get; }

    /// <summary>Lets explorers of such data show themselves.</summary>
    public static void RegisterFormatters() =>
        Formatter.Register<DataExplorer<TData>>((explorer, writer) => explorer.ToHtml().WriteTo(writer, HtmlEncoder.Default), HtmlFormatter.MimeType);

    public static void Register<TDataExplorer>()
        where TDataExplorer : DataExplorer<TData> => DataExplorer.Register<TData, TDataExplorer>();

    protected abstract IHtmlContent ToHtml();
}

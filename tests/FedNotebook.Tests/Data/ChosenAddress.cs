namespace FedNotebook.Tests.Data;

/// <summary>Sets the address that data sets are fetched from, for a while.</summary>
internal sealed class ChosenAddress : IDisposable
{
    internal ChosenAddress(string address) => Environment.SetEnvironmentVariable("FEDNOTEBOOK_DATASETS_URL", address);

    public void Dispose() => Environment.SetEnvironmentVariable("FEDNOTEBOOK_DATASETS_URL", null);
}

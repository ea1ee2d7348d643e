namespace FedNotebook;

/// <summary>Ids were to be given that are in use.</summary>
/// <param name="ids">The ids.</param>
public sealed class IdNotUniqueError(IReadOnlyList<long> ids) : FederatedException(
    $"Provided IDs {{{string.Join(", ", ids)}}} are contained in already generated IDs, or come twice. Choose others, or call set_next_ids(ids, check_ids: false) to have them given again.")
{
    /// <summary>The ids that are in use.</summary>
    public IReadOnlyList<long> Ids => ids;
}

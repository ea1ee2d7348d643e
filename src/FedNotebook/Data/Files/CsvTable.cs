using System.Globalization;
using System.Text;
using CsvHelper;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A table from a file of comma-separated values, whose columns have names: <c>datasets.CSV("houses.csv").ToDataset(target: "price")</c>.</summary>
public sealed class CsvTable
{
    private const int Listed = 20;

    private static readonly string[] Missing = ["NA", "N/A", "NaN", "null"];

    private readonly string path;
    private readonly OrderedDictionary<string, string[]> columns;
    private readonly IReadOnlyList<long> lines;

    private CsvTable(string path, OrderedDictionary<string, string[]> columns, IReadOnlyList<long> lines) => (this.path, this.columns, this.lines) = (path, columns, lines);

    /// <summary>The names of the columns, in order.</summary>
    public IReadOnlyList<string> Columns => [.. columns.Keys];

    /// <summary>The number of rows, without the line of names.</summary>
    public long Count => columns.GetAt(0).Value.Length;

    /// <summary>The texts of a column.</summary>
    /// <param name="column">Its name.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public IReadOnlyList<string> this[string column] => columns.TryGetValue(Argument.Given(column), out var texts)
        ? texts
        : throw new ArgumentException(Unknown(column), nameof(column));

    /// <summary>A column as numbers.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="missing">What stands for a value that is missing (nothing, NA, N/A, NaN, null, ?); null: such a value is an error.</param>
    /// <returns>32-bit floats, [rows].</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">A text is no number, or a value is missing; the message says in which line and column.</exception>
    public Tensor ToTensor(string column, double? missing = null) =>
        Numbers(column, missing, "Say what stands for such values (missing: 0), or leave out the column", "");

    /// <summary>A column as classes: each text that occurs is a class, numbered in the order of the texts. Where all are numbers, each number is one, in the order of the numbers.</summary>
    /// <param name="column">Its name.</param>
    /// <returns>The labels as 64-bit integers [rows], and the text of each class.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">A label is missing (nothing, NA, N/A, NaN, null, ?); the message says in which line.</exception>
    public (Tensor labels, IReadOnlyList<string> classes) ToLabels(string column)
    {
        var texts = this[column];
        for (var row = 0; row < texts.Count; row++)
            if (IsMissing(texts[row])) throw Wrong(row, column, "the label is missing");
        var distinct = texts.Distinct().ToList();

        // 1 and 1.0 are one class; of texts each is its own.
        var same = distinct.All(IsNumber)
            ? distinct.GroupBy(text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)).OrderBy(group => group.Key).Select(group => group.ToList()).ToList()
            : distinct.Order(StringComparer.Ordinal).Select(text => new List<string> { text }).ToList();
        var numbers = same.SelectMany((group, i) => group.Select(text => (text, i))).ToDictionary(c => c.text, c => (long)c.i);
        return (tensor(texts.Select(text => numbers[text]).ToArray()), [.. same.Select(group => group[0])]);
    }

    /// <summary>The table as a data set.</summary>
    /// <param name="target">The column that is to be learnt.</param>
    /// <param name="columns">The columns to learn from; null: all others.</param>
    /// <param name="labels">Whether the target is a class (<see cref="ToLabels"/>) and not a number.</param>
    /// <param name="missing">What stands for a missing value in the columns to learn from; null: it is an error. A target that is missing always is one.</param>
    /// <returns>Data as 32-bit floats [rows, columns]; targets as 32-bit floats [rows, 1], or labels as 64-bit integers [rows].</returns>
    /// <exception cref="ArgumentException">There is no such column, or none to learn from.</exception>
    /// <exception cref="InvalidDataException">A text is no number, or a value is missing; the message says in which line and column.</exception>
    public BaseDataset ToDataset(string target, IEnumerable<string>? columns = null, bool labels = false, double? missing = null)
    {
        _ = this[target];
        string[] names = [.. columns ?? Columns.Where(name => name != target)];
        if (names.Length == 0) throw new ArgumentException("There is no column to learn from.", nameof(columns));
        using var scope = NewDisposeScope();
        return new BaseDataset(stack([.. names.Select(name => ToTensor(name, missing))], 1), labels ? ToLabels(target).labels : Target(target));
    }

    /// <inheritdoc/>
    public override string ToString() => $"CsvTable {Path.GetFileName(path)}: {Count} rows of {string.Join(", ", Columns)}";

    /// <summary>Reads a file.</summary>
    internal static CsvTable Read(string path, char? separator, int skipLines, IEnumerable<string>? names)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (skipLines < 0) throw new ArgumentOutOfRangeException(nameof(skipLines), $"skipLines is a number of lines; it cannot be {skipLines}.");
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file {path}.", path);
        using var text = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        try
        {
            for (var line = 0; line < skipLines; line++) text.ReadLine();
            using var reader = CsvReader.Create(text, new CsvReaderOptions
            {
                HasHeader = false, Separator = separator, TrimWhitespace = true, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw,
            }, leaveOpen: true);
            string[] columns = names is not null ? [.. names] : reader.Read() ? Record(reader) : throw new InvalidDataException($"{path} has no line with the names of its columns.");
            Check(path, columns, isGiven: names is not null);
            var (rows, lines) = Rows(path, reader, columns.Length, skipLines);
            return new CsvTable(path, ByName(columns, rows), lines);
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"{path} cannot be read as comma-separated values: it is no text in UTF-8. Save it as UTF-8; if it is packed, unpack it.", error);
        }
        catch (CsvFormatException error)
        {
            throw new InvalidDataException($"{path} cannot be read as comma-separated values: {error.Message.Split('\n')[0].TrimEnd('.')}.", error);
        }
    }

    private static void Check(string path, string[] names, bool isGiven)
    {
        const string Ways = "The first line must name the columns: skipLines leaves out lines before it, and names: [...] names the columns of a file that does not.";
        string? wrong = names switch
        {
            [] => "there is no column",
            _ when Array.FindIndex(names, string.IsNullOrWhiteSpace) is >= 0 and var nameless => $"a column has no name: column {nameless + 1}",
            _ when names.CountBy(name => name).FirstOrDefault(times => times.Value > 1).Key is { } twice => $"two columns are called \"{twice}\"",
            _ when !isGiven && names.All(IsNumber) && names.Any(name => !long.TryParse(name, out _)) => $"the first line has numbers ({string.Join(", ", names.Take(3))}...) where names should be",
            _ => null,
        };
        if (wrong is null) return;
        throw isGiven ? new ArgumentException($"{path}: {wrong}.", nameof(names)) : new InvalidDataException($"{path}: {wrong}. {Ways}");
    }

    private static (List<string[]> rows, List<long> lines) Rows(string path, CsvReader reader, int columns, int skipped)
    {
        List<string[]> rows = [];
        List<long> lines = [];
        while (reader.Read())
        {
            lines.Add(reader.LineNumber + skipped);
            if (reader.FieldCount != columns)
                throw new InvalidDataException($"{path}, line {lines[^1]}: there {(reader.FieldCount == 1 ? "is 1 value" : $"are {reader.FieldCount} values")} for {columns} columns.");
            rows.Add(Record(reader));
        }

        return rows.Count > 0 ? (rows, lines) : throw new InvalidDataException($"{path} has no rows beside the names of its columns.");
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static bool IsMissing(string text) =>
        text.Trim() is var value && (value.Length == 0 || value == "?" || Missing.Contains(value, StringComparer.OrdinalIgnoreCase));

    private Tensor Target(string column) =>
        Numbers(column, null, "A row whose target is not known teaches nothing: take it out of the file", "; if the column holds classes, say labels: true").unsqueeze(1);

    private Tensor Numbers(string column, double? missing, string whenMissing, string whenText)
    {
        var texts = this[column];
        var numbers = new float[texts.Count];
        for (var row = 0; row < numbers.Length; row++)
        {
            var text = texts[row];
            numbers[row] = IsMissing(text) ? (float)(missing ?? throw Wrong(row, column, $"the value is missing. {whenMissing}"))
                : float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number
                : throw Wrong(row, column, $"\"{text}\" is no number{(text.Contains(',') ? "; a number has a point and no commas" : IsNumber(text) ? " that 32 bits can hold" : whenText)}");
        }

        return tensor(numbers);
    }

    private string Unknown(string column)
    {
        var near = NearName.Of(column, columns.Keys);
        return $"{path} has no column \"{column}\"{(near is null ? "." : $"; did you mean \"{near}\"?")} It has {string.Join(", ", columns.Keys.Take(Listed).Select(name => $"\"{name}\""))}"
            + $"{(columns.Count > Listed ? $" and {columns.Count - Listed} more" : "")}.";
    }

    private InvalidDataException Wrong(int row, string column, string what) => new($"{path}, line {lines[row]}, column \"{column}\": {what}.");

    private static string[] Record(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];

    private static OrderedDictionary<string, string[]> ByName(string[] names, List<string[]> rows) =>
        new(names.Select((name, i) => KeyValuePair.Create(name, rows.Select(row => row[i]).ToArray())));
}

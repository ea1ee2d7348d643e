using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

public sealed class CsvTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Columns_have_names_and_become_a_data_set()
    {
        var table = Csv("rooms,age,price\n6.5,65,24\n7,-1e1,21.6\n");
        Assert.Equal(["rooms", "age", "price"], table.Columns);
        Assert.Equal(["24", "21.6"], table["price"]);
        var all = table.ToDataset(target: "price");
        Assert.Equal([2, 2], all.data.shape);
        Assert.Equal([6.5f, 65, 7, -10], Some.Floats(all.data));
        Assert.Equal([2, 1], all.targets.shape);
        Assert.Equal([24f, 21.6f], Some.Floats(all.targets));
        Assert.Equal([65f, -10], Some.Floats(table.ToDataset("price", ["age"]).data));
    }

    [Fact]
    public void Classes_are_numbered_in_the_order_of_their_texts_or_numbers()
    {
        var table = Csv("x,species,grade\n1,virginica,10\n2,setosa,9\n3,virginica,10\n");
        var data = table.ToDataset("species", ["x"], labels: true);
        Assert.Equal([1L, 0, 1], Some.Longs(data.targets));
        Assert.Equal(["setosa", "virginica"], table.ToLabels("species").classes);
        Assert.Equal([1L, 0, 1], Some.Longs(table.ToLabels("grade").labels));
    }

    [Theory]
    [InlineData("\uFEFFa,b\r\n1,2\r\n\r\n3,4")]
    [InlineData("a;b\n1;2\n3;4\n")]
    [InlineData("a\tb\n1\t2\n3\t4\n")]
    [InlineData("\"a\",\"b\"\n\"1\",2\n 3 , 4 \n")]
    public void Usual_varieties_are_read(string text) => Assert.Equal([1f, 2, 3, 4], Some.Floats(stack([Csv(text).ToTensor("a"), Csv(text).ToTensor("b")], 1)));

    [Fact]
    public void Names_may_have_commas_and_quotes()
    {
        var table = Csv("\"price, in \"\"k\"\"\",b\n1,2\n");
        Assert.Equal(["price, in \"k\"", "b"], table.Columns);
    }

    [Fact]
    public void Lines_before_the_names_can_be_skipped() => Assert.Equal(["a", "b"], Csv("2,1,,\na,b\n1,2\n", skipLines: 1).Columns);

    [Theory]
    [InlineData("a,b\n1,x\n", "line 2, column \"b\": \"x\" is no number")]
    [InlineData("a,b\n\n\"1\n\",2\n3,-\n", "line 5, column \"b\": \"-\" is no number")]
    [InlineData("a,b\n1,\"1,5\"\n", "\"1,5\" is no number; a number has a point and no commas.")]
    [InlineData("a,b\n1,1e999\n", "\"1e999\" is no number")]
    [InlineData("a,b\n1,0x10\n", "\"0x10\" is no number")]
    [InlineData("a,b\n1,2\n3,\n", "line 3, column \"b\": the value is missing.")]
    [InlineData("a,b\n1,NaN\n", "line 2, column \"b\": the value is missing.")]
    [InlineData("a,b\nNA,1\n", "line 2, column \"a\": the value is missing.")]
    [InlineData("a,b\n1,2\n1,2,3\n", "line 3: there are 3 values for 2 columns")]
    [InlineData("a,b\n1\n", "line 2: there is 1 value for 2 columns")]
    [InlineData("a,a\n1,2\n", "two columns are called \"a\"")]
    [InlineData("a,\n1,2\n", "a column has no name")]
    [InlineData("a,b\n", "no rows")]
    [InlineData("", "no line with the names")]
    [InlineData("a,b\n1,\"2\n", "cannot be read")]
    public void What_is_wrong_is_said_with_its_place(string text, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => Csv(text).ToDataset("b"));
        Assert.Contains(expected, error.Message);
        Assert.Contains(path, error.Message);
    }

    [Fact]
    public void Missing_values_may_have_a_number_that_stands_for_them()
    {
        var table = Csv("a,b,c\n1,,5\nNA,?,6\nnull,4,7\n");
        var data = table.ToDataset("c", missing: -1);
        Assert.Equal([1f, -1, -1, -1, -1, 4], Some.Floats(data.data));
        Assert.Equal([1f, 0, 0], Some.Floats(table.ToTensor("a", missing: 0)));
        Assert.Contains("line 3, column \"a\": the value is missing", Assert.Throws<InvalidDataException>(() => table.ToDataset("a", ["c"], missing: 0)).Message);
        Assert.Contains("line 2, column \"b\": the label is missing.", Assert.Throws<InvalidDataException>(() => table.ToLabels("b")).Message);
    }

    [Fact]
    public void Lines_are_counted_with_those_that_were_skipped() =>
        Assert.Contains("line 4, column \"a\"", Assert.Throws<InvalidDataException>(() => Csv("made by hand\n\na,b\nx,1\n", skipLines: 2).ToTensor("a")).Message);

    [Fact]
    public async Task A_table_trains_a_model()
    {
        var table = Csv("x;y;kind\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{i % 7};{i % 2 * 3};{(i % 2 == 0 ? "even" : "odd")}")));
        var data = table.ToDataset("kind", labels: true);
        var model = nn.Linear(2, 2);
        using (no_grad()) foreach (var parameter in model.parameters()) parameter.zero_();
        var run = await new FederatedTrainer(model, data.federate(3, Partition.IID(1)), SomeTraining.CrossEntropy, new() { Rounds = 60, Seed = 1, Test = data }).FitAsync();
        Assert.True(run.Rounds[^1].TestAccuracy > 0.9);
    }

    [Fact]
    public void A_column_that_is_not_there_is_an_error_that_names_those_that_are()
    {
        var table = Csv("a,b\n1,2\n");
        Assert.Contains("It has \"a\", \"b\"", Assert.Throws<ArgumentException>(() => table.ToDataset("c")).Message);
        Assert.Throws<ArgumentException>(() => table.ToDataset("a", ["c"]));
        Assert.Throws<ArgumentException>(() => table.ToDataset("a", []));
        Assert.Throws<FileNotFoundException>(() => datasets.CSV(path + ".none"));
    }

    [Theory]
    [InlineData("sepal_lenght", "did you mean \"sepal_length\"? It has")]
    [InlineData("Species", "did you mean \"species\"?")]
    [InlineData("petals", "no column \"petals\". It has \"sepal_length\", \"species\".")]
    public void A_name_that_is_nearly_right_is_offered(string column, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Csv("sepal_length,species\n1,2\n").ToDataset(column)).Message);

    [Fact]
    public void Of_many_columns_a_few_are_named()
    {
        var table = Csv($"{string.Join(',', Enumerable.Range(0, 785).Select(i => $"pixel{i}"))}\n{string.Join(',', Enumerable.Range(0, 785))}\n");

        Assert.EndsWith("\"pixel19\" and 765 more. (Parameter 'column')", Assert.Throws<ArgumentException>(() => table["label"]).Message);
    }

    [Fact]
    public void The_columns_of_a_file_without_names_can_be_named()
    {
        var table = Csv("5.1,3.5,setosa\n4.9,3.0,virginica\n", names: ["length", "width", "species"]);

        Assert.Equal(2, table.Count);
        Assert.Equal([5.1f, 4.9f], Some.Floats(table.ToTensor("length")));
        Assert.Equal([5.1f], Some.Floats(Csv("a\n5.1\n", skipLines: 1, names: ["b"]).ToTensor("b")));
        Assert.Contains("two columns are called \"x\"", Assert.Throws<ArgumentException>(() => Csv("1,2\n", names: ["x", "x"])).Message);
        Assert.Throws<ArgumentException>(() => Csv("1,2\n", names: []));
        Assert.Contains("line 1: there are 2 values for 1 columns", Assert.Throws<InvalidDataException>(() => Csv("1,2\n", names: ["x"])).Message);
    }

    [Theory]
    [InlineData("5.1,3.5,0\n4.9,3.0,1\n", "the first line has numbers (5.1, 3.5, 0...) where names should be")]
    [InlineData("0,0,1\n1,2,3\n", "two columns are called \"0\"")]
    [InlineData(",a\n0,1\n", "a column has no name: column 1")]
    public void A_first_line_without_names_says_how_to_give_them(string text, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => Csv(text));

        Assert.Contains(expected, error.Message);
        Assert.Contains("names: [...]", error.Message);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("?")]
    [InlineData("NA")]
    public void A_label_that_is_missing_is_no_class(string missing) =>
        Assert.Contains("line 3, column \"y\": the label is missing.", Assert.Throws<InvalidDataException>(() => Csv($"x,y\n1,0\n2,{missing}\n").ToDataset("y", labels: true)).Message);

    [Fact]
    public void One_number_in_two_forms_is_one_class()
    {
        var (labels, classes) = Csv("x,y\n1,10\n2,2.0\n3,2\n").ToLabels("y");

        Assert.Equal([1L, 0, 0], Some.Longs(labels));
        Assert.Equal(["2.0", "10"], classes);
    }

    [Fact]
    public void A_target_that_is_missing_gets_no_advice_that_does_not_help()
    {
        var error = Assert.Throws<InvalidDataException>(() => Csv("x,y\n1,\n").ToDataset("y", missing: 0));

        Assert.Contains("line 2, column \"y\": the value is missing. A row whose target is not known", error.Message);
        Assert.DoesNotContain("missing: 0", error.Message);
    }

    [Fact]
    public void Texts_as_targets_are_told_to_be_labels() =>
        Assert.Contains("say labels: true", Assert.Throws<InvalidDataException>(() => Csv("x,y\n1,cat\n").ToDataset("y")).Message);

    [Fact]
    public void Another_encoding_is_refused()
    {
        File.WriteAllText(path, "gr\u00f6\u00dfe,y\n1,2\n", Encoding.Latin1);

        Assert.Contains("no text in UTF-8", Assert.Throws<InvalidDataException>(() => datasets.CSV(path)).Message);
    }

    private CsvTable Csv(string text, int skipLines = 0, IEnumerable<string>? names = null)
    {
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return datasets.CSV(path, skipLines: skipLines, names: names);
    }
}

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
    [InlineData("a,b\n1,x\n", "row 1 of the data has \"x\", which is no number in the column \"b\"")]
    [InlineData("a,b\n1,2\n3,\n", "row 2 of the data is empty in the column \"b\"")]
    [InlineData("a,b\n1,NaN\n", "which is no number")]
    [InlineData("a,b\n1,2\n1,2,3\n", "line 3: there are 3 values for 2 columns")]
    [InlineData("a,b\n1\n", "there are 1 values for 2 columns")]
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
    public void A_column_that_is_not_there_is_an_error_that_names_those_that_are()
    {
        var table = Csv("a,b\n1,2\n");
        Assert.Contains("It has \"a\", \"b\"", Assert.Throws<ArgumentException>(() => table.ToDataset("c")).Message);
        Assert.Throws<ArgumentException>(() => table.ToDataset("a", ["c"]));
        Assert.Throws<ArgumentException>(() => table.ToDataset("a", []));
        Assert.Throws<FileNotFoundException>(() => datasets.CSV(path + ".none"));
    }

    private CsvTable Csv(string text, int skipLines = 0)
    {
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return datasets.CSV(path, skipLines: skipLines);
    }
}

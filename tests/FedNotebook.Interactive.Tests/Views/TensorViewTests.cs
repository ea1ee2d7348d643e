using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests.Views;

public class TensorViewTests
{
    private static async Task<ReturnValueProduced> Show(string expression)
    {
        using var notebook = await Notebook.WithExtension();
        return Assert.IsType<ReturnValueProduced>(Assert.Single(await notebook.Outputs(expression)));
    }

    [Fact]
    public async Task A_tensor_shows_its_values_and_what_it_is()
    {
        var shown = await Show("torch.tensor(new float[] { 1, 2, 3, 4 }).reshape(2, 2)");

        Assert.Contains("[[1, 2]\n [3, 4]]", shown.Html().ReplaceLineEndings("\n"));
        Assert.Contains("shape [2, 2] · Float32 · cpu", shown.Html());
        Assert.Contains("[2x2], type = Float32, device = cpu", shown.Text());
        Assert.Contains("1 2", shown.Text());
    }

    [Fact]
    public async Task A_single_number_and_one_that_needs_a_gradient()
    {
        Assert.Contains("one number · Int64 · cpu", (await Show("torch.tensor(7L)")).Html());
        Assert.Contains("requires grad", (await Show("torch.ones(2, requires_grad: true)")).Html());
    }

    [Fact]
    public async Task A_large_tensor_is_elided()
    {
        var shown = await Show("torch.zeros(1000, 1000)");
        Assert.Contains("...", shown.Html());
        Assert.Contains("shape [1000, 1000]", shown.Html());
        Assert.InRange(shown.Html().Length, 50, 2000);
        Assert.InRange(shown.Text().Length, 50, 2000);
    }

    [Fact]
    public async Task A_disposed_tensor_says_so()
    {
        var shown = await Show("var t = torch.ones(2); t.Dispose(); t");
        Assert.Contains("disposed", shown.Html());
        Assert.Contains("disposed", shown.Text());
    }

    [Fact]
    public async Task An_empty_tensor_has_a_shape() => Assert.Contains("shape [0, 3]", (await Show("torch.zeros(0, 3)")).Html());
}

namespace FedNotebook.Tests.Views;

public class TensorViewTests
{
    [Fact]
    public async Task A_tensor_shows_its_values_as_pytorch_prints_them_and_what_it_is()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("torch.tensor(new float[] { 1, 2, 3, 4 }).reshape(2, 2)");

        Assert.Equal("tensor([[1., 2.],\n        [3., 4.]])", shown.Text());
        Assert.Equal(shown.Text(), shown.Page().QuerySelector("pre")!.TextContent);
        Assert.EndsWith("shape [2, 2] · Float32 · cpu · 16 bytes", shown.Words());
    }

    [Theory]
    [InlineData("torch.tensor(7L)", "tensor(7)", "one number · Int64 · cpu · 8 bytes")]
    [InlineData("torch.ones(2, requires_grad: true)", "tensor([1., 1.], requires_grad=True)", "requires grad")]
    [InlineData("torch.ones(2, requires_grad: true) * 2", "tensor([2., 2.]", "requires grad: has a grad_fn, being computed from others")]
    [InlineData("torch.zeros(0, 3)", "tensor([], size=(0, 3))", "shape [0, 3] · Float32 · cpu · 0 bytes")]
    [InlineData("torch.ones(2).tag(\"#a\", \"#<b>\").describe(\"two & two\")", "tensor([1., 1.])", "#a #<b> two & two")]
    [InlineData("torch.ones(2, dtype: ScalarType.BFloat16) / 2", "tensor([0.5000, 0.5000], dtype=torch.bfloat16)", "BFloat16")]
    [InlineData("torch.complex(torch.ones(1), torch.ones(1))", "", "ComplexFloat32")]
    [InlineData("torch.ones(2, device: torch.META)", "tensor(..., size=(2), device='meta')", "meta")]
    public async Task Each_kind_of_tensor_says_what_it_is(string expression, string text, string facts)
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show(expression);
        Assert.StartsWith(text, shown.Text());
        Assert.Contains(facts, shown.Words());
    }

    [Fact]
    public async Task A_parameter_is_called_one()
    {
        using var notebook = await Notebook.WithExtension();
        Assert.StartsWith("Parameter containing:\ntensor([[", (await notebook.Show("nn.Linear(1, 1).weight")).Text());
    }

    [Theory]
    [InlineData("torch.zeros(1000, 1000)", "shape [1000, 1000] · Float32 · cpu · 4 MB")]
    [InlineData("torch.zeros([7, 7, 7, 7, 7, 7, 7])", "shape [7, 7, 7, 7, 7, 7, 7]")]
    public async Task A_large_tensor_is_elided(string expression, string facts)
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show(expression);
        Assert.Contains("...", shown.Text());
        Assert.Contains(facts, shown.Words());
        Assert.InRange(shown.Text().Length, 50, 40_000);
    }

    [Fact]
    public async Task A_disposed_tensor_says_so()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("var t = torch.ones(2); t.Dispose(); t");
        Assert.Equal("a disposed tensor", shown.Words());
        Assert.Equal("a disposed tensor", shown.Text());
    }

    [Fact]
    public async Task A_private_tensor_keeps_its_values_also_here()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""torch.tensor(new float[] { 777 }).private_tensor(["ada", "bob"])""");
        Assert.Equal("(Wrapper)>PrivateTensor>torch.Size([1])", shown.Text());
        Assert.Contains("private, for 2 users", shown.Words());
        Assert.DoesNotContain("777", shown.Html());
    }
}

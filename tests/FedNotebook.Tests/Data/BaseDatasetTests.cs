using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Data;

public class BaseDatasetTests
{
    [Fact]
    public void TorchSharps_loader_reads_it_in_batches_of_data_and_target()
    {
        using var files = SomeFiles.Good();
        using var loader = utils.data.DataLoader(datasets.MNIST(files.Root, transform: transforms.ToTensor()), batchSize: 2);
        var seen = new List<long>();

        foreach (var (data, target) in loader)
        {
            Assert.Equal([target.shape[0], 1, 2, 3], data.shape);
            Assert.Equal(ScalarType.Float32, data.dtype);
            seen.AddRange(target.data<long>().ToArray());
        }

        Assert.Equal([0, 1, 2, 3, 4], seen);
        Assert.Equal(5, loader.dataset.Count);
    }

    [Fact]
    public void The_transform_is_applied_when_an_item_is_used()
    {
        var dataset = new BaseDataset(tensor(new float[] { 1, 2 }), tensor(new long[] { 0, 1 }), x => x * 10);

        Assert.Equal(20f, dataset[1].data.item<float>());
        Assert.Equal([1f, 2f], dataset.data.data<float>().ToArray());
    }

    [Fact]
    public void Items_outlive_the_work_that_made_them()
    {
        var kept = ones(3);
        var dataset = new BaseDataset(zeros(2, 3), zeros(2), _ => kept);

        using (var item = dataset.GetTensor(0)[0])
        {
            Assert.Equal(3f, item.sum().item<float>());
        }

        Assert.Equal(3f, kept.sum().item<float>());
    }

    [Fact]
    public void It_outlives_the_scope_and_the_variables_of_its_tensors()
    {
        BaseDataset dataset;
        using (NewDisposeScope())
        {
            using var data = ones(2, 3);
            dataset = new BaseDataset(data, zeros(2));
        }

        Assert.Equal(6f, dataset.data.sum().item<float>());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_row_that_is_not_there_is_named(long index)
    {
        var dataset = new BaseDataset(zeros(2, 3), zeros(2));

        Assert.Contains($"{index}", Assert.Throws<ArgumentOutOfRangeException>(() => dataset[index]).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.GetTensor(index));
    }

    [Fact]
    public void Unequal_rows_and_empty_data_are_refused()
    {
        Assert.Contains("same number of rows", Assert.Throws<ArgumentException>(() => new BaseDataset(zeros(3, 2), zeros(2))).Message);
        Assert.Throws<ArgumentException>(() => new BaseDataset(zeros([0, 2]), zeros([0])));
        Assert.Throws<ArgumentException>(() => new BaseDataset(tensor(1f), tensor(1f)));
    }

    [Fact]
    public void A_batch_of_three_tensors_is_not_taken_apart_in_two()
    {
        IList<Tensor> batch = [zeros(1), zeros(1), zeros(1)];

        Assert.Contains("3", Assert.Throws<ArgumentException>(() => { var (_, _) = batch; }).Message);
    }

    [Fact]
    public void A_function_that_returns_nothing_is_named()
    {
        var dataset = sy.BaseDataset(ones(2), ones(2), x => x + 1);

        Assert.Contains("returned null", Assert.Throws<ArgumentException>(() => dataset.transform(_ => null!)).Message);
        Assert.Equal(2f, dataset[0].data.item<float>());
    }
}

using System.Text;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optimizers;

public sealed class StateTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    public static TheoryData<string> Kinds => ["plain", "momentum", "nesterov", "adam", "amsgrad", "adamw"];

    private static OptimizerHelper Make(string kind, nn.Module model, double lr = 0.05) => kind switch
    {
        "plain" => optim.SGD(model.parameters(), lr),
        "momentum" => optim.SGD(model.parameters(), lr, momentum: 0.9, dampening: 0.1, weight_decay: 0.01),
        "nesterov" => optim.SGD(model.parameters(), lr, momentum: 0.9, nesterov: true),
        "adam" => optim.Adam(model.parameters(), lr),
        "amsgrad" => optim.Adam(model.parameters(), lr, weight_decay: 0.1, amsgrad: true),
        _ => optim.AdamW(model.parameters(), lr, amsgrad: true),
    };

    private static nn.Module<Tensor, Tensor> Model()
    {
        manual_seed(5);
        return nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1));
    }

    private static void Train(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            manual_seed(100 + i);
            var x = randn(8, 4);
            optimizer.zero_grad();
            nn.functional.mse_loss(model.call(x), x.sum(1, keepdim: true)).backward();
            optimizer.step();
        }
    }

    private static float[] Numbers(nn.Module model) => model.parameters().SelectMany(p => p.data<float>().ToArray()).ToArray();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_run_that_is_saved_and_continued_gives_the_very_numbers_of_one_that_was_not_interrupted(string kind)
    {
        var model = Model();
        Train(model, Make(kind, model), 0, 10);
        var expected = Numbers(model);

        var first = Model();
        var begun = Make(kind, first);
        Train(first, begun, 0, 4);
        begun.save_state_dict(file);
        var weights = new MemoryStream();
        first.save(weights);
        var dictionary = begun.state_dict();

        foreach (var fromFile in new[] { true, false })
        {
            var second = Model();
            weights.Position = 0;
            second.load(weights);
            var fresh = Make(kind, second, lr: 9);
            if (fromFile) fresh.load_state_dict(file);
            else fresh.load_state_dict(dictionary);
            Assert.Equal(0.05, fresh.ParamGroups.Single().LearningRate);
            Assert.All(fresh.state_dict().State.Zip(dictionary.State), s => Assert.True(s.First.ApproximatelyEquals(s.Second)));
            Train(second, fresh, 4, 10);
            Assert.Equal(expected, Numbers(second));
            fresh.Dispose();
        }

        Train(first, begun, 4, 10);
        Assert.Equal(expected, Numbers(first));
    }

    [Fact]
    public void The_file_is_the_real_packages()
    {
        var p = new Parameter(ones(2));
        var optimizer = optim.SGD([p], 0.5, momentum: 0.25);
        (p * 3).sum().backward();
        optimizer.step();
        optimizer.save_state_dict(file);
        var expected = new MemoryStream();
        using var writer = new BinaryWriter(expected);
        writer.Write("SGD");
        writer.Write((byte)1); // groups
        writer.Write((byte)1); // parameters
        foreach (var number in new[] { 0.5, 0.5, 0.25, 0, 0 }) writer.Write(number);
        writer.Write(false);
        writer.Write(false);
        writer.Write(true); // there is a momentum
        writer.Write([6, 1, 2]);
        writer.Write(3f);
        writer.Write(3f);
        Assert.Equal(expected.ToArray(), File.ReadAllBytes(file));
    }

    [Fact]
    public void Groups_keep_their_own_settings()
    {
        Parameter a = new(ones(1)), b = new(ones(2));
        OptimizerHelper Two(double lr) => optim.SGD([new SGD.ParamGroup([a], lr), new SGD.ParamGroup([b], lr * 2, momentum: 0.5)], 0.1);
        var state = Two(0.25).state_dict();
        Assert.Equal([[0], [1]], state.StateIndexRef);
        var other = Two(1);
        other.load_state_dict(state);
        Assert.Equal([0.25, 0.5], other.ParamGroups.Select(g => g.LearningRate));
        Assert.Equal(0.5, ((SGD.Options)other.state_dict().Options[1]).momentum);
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused_and_changes_nothing()
    {
        Parameter a = new(ones(1)), b = new(ones(2));
        var optimizer = optim.Adam([a], 0.5);
        Assert.Contains("2", Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(optim.Adam([a, b]).state_dict())).Message);
        Assert.Contains("shape [2]", Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(optim.Adam([b]).state_dict())).Message);
        Assert.Contains("another optimizer", Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(optim.SGD([a], 1).state_dict())).Message);
        optim.SGD([a], 1).save_state_dict(file);
        Assert.Contains("'SGD'", Assert.Throws<InvalidDataException>(() => optimizer.load_state_dict(file)).Message);
        Assert.Contains("nowhere", Assert.Throws<FileNotFoundException>(() => optimizer.load_state_dict("nowhere")).Message);
        Assert.Throws<ArgumentNullException>(() => optimizer.load_state_dict((optim.Optimizer.StateDictionary)null!));
        Assert.Equal(0.5, optimizer.ParamGroups.Single().LearningRate);
    }

    [Fact]
    public void What_belongs_to_another_optimizer_is_refused_by_name()
    {
        var one = new Parameter(zeros(2));
        using var adam = optim.Adam([new Parameter(zeros(2))]);
        using var sgd = optim.SGD([one], 0.1);
        var group = Assert.Throws<ArgumentException>(() => adam.add_param_group(new SGD.ParamGroup([one])));
        Assert.Contains("SGD", group.Message);
        Assert.Contains("Adam", group.Message);
        Assert.Throws<ArgumentException>(() => new Adam.Options().LoadStateDict(new SGD.Options()));
        Assert.Throws<ArgumentException>(() => adam.state_dict().State[0].LoadStateDict(sgd.state_dict().State[0]));
        Assert.Single(adam.ParamGroups);
    }

    [Fact]
    public void A_truncated_or_changed_file_is_refused_with_a_sentence_and_changes_nothing()
    {
        var p = new Parameter(ones(3));
        var source = optim.Adam([p], 0.25, amsgrad: true);
        source.save_state_dict(file);
        var whole = File.ReadAllBytes(file);
        var optimizer = optim.Adam([p], 0.5, amsgrad: true);
        for (var length = 0; length < whole.Length; length++)
        {
            using var reader = new BinaryReader(new MemoryStream(whole[..length]), Encoding.UTF8);
            Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => optimizer.load_state_dict(reader)).Message);
            Assert.Equal(0.5, optimizer.ParamGroups.Single().LearningRate);
        }

        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var changed = (byte[])whole.Clone();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            using var reader = new BinaryReader(new MemoryStream(changed), Encoding.UTF8);
            var error = Record.Exception(() => optimizer.load_state_dict(reader));
            Assert.True(error is null or InvalidDataException or ArgumentException, error?.ToString());
        }
    }

    [Fact]
    public void Loading_in_a_scope_leaves_the_state_alive_after_it()
    {
        var p = new Parameter(ones(2));
        var source = optim.Adam([p]);
        source.save_state_dict(file);
        var optimizer = optim.Adam([p]);
        using (NewDisposeScope()) optimizer.load_state_dict(file);
        p.sum().backward();
        optimizer.step();
        source.Dispose();
        optimizer.step();
    }
}

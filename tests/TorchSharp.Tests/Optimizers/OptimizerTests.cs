using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optimizers;

public class OptimizerTests
{
    [Fact]
    public void Zero_grad_keeps_the_gradient_object_at_zero()
    {
        var p = new Parameter(ones(2));
        var optimizer = optim.SGD([p], 0.1);
        (p * 2).sum().backward();
        optimizer.zero_grad();
        Assert.Equal([0, 0], p.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Step_with_a_closure_gives_its_loss_and_without_none()
    {
        var p = new Parameter(ones(2));
        var optimizer = optim.Adam([p]);
        Assert.Null(optimizer.step());
        var loss = optimizer.step(() =>
        {
            var l = p.pow(2).sum();
            l.backward();
            return l;
        });
        Assert.Equal(2, loss.item<float>());
    }

    [Fact]
    public void Groups_have_learning_rates_of_their_own()
    {
        Parameter a = new(ones(1)), b = new(ones(1));
        var optimizer = optim.SGD([new SGD.ParamGroup([a], 1.0), new SGD.ParamGroup { Parameters = [b] }], 0.1);
        (a + b).sum().backward();
        optimizer.step();
        Assert.Equal(0, a.item<float>());
        Assert.Equal(0.9f, b.item<float>());
        optimizer.ParamGroups.Last().LearningRate = 0.5;
        optimizer.step();
        Assert.Equal(0.4f, b.item<float>(), 1e-6f);
        Assert.Equal(0.1, optimizer.ParamGroups.Last().InitialLearningRate);
    }

    [Fact]
    public void A_parameter_without_gradient_is_left_alone()
    {
        var p = new Parameter(ones(1));
        optim.SGD([p], 0.1, momentum: 0.9).step();
        Assert.Equal(1, p.item<float>());
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Parameter[] p = [new(ones(1))];
        Assert.Contains("lr", Assert.Throws<ArgumentException>(() => optim.SGD(p, -1)).Message);
        Assert.Throws<ArgumentException>(() => optim.SGD(p, 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.Adam(p, beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.SGD([p[0], p[0]], 0.1));
    }

    [Fact]
    public void A_step_leaves_nothing_behind_in_the_scope()
    {
        var p = new Parameter(ones(2));
        var optimizer = optim.Adam([p]);
        p.sum().backward();
        using var scope = NewDisposeScope();
        optimizer.step();
        Assert.Equal(0, scope.DisposablesCount);
        optimizer.step();
    }
}

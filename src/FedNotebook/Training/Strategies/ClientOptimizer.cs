using TorchSharp.Modules;

namespace FedNotebook;

/// <summary>What a strategy's formulas take for granted of the clients' optimizer. Where it is not so, the model would be wrong and nobody would know.</summary>
internal static class ClientOptimizer
{
    /// <summary>The settings of a client's SGD, which all of its parameters share.</summary>
    /// <exception cref="InvalidOperationException">The optimizer is another one, or its parameters differ in their settings.</exception>
    public static SGD.Options SGD(ClientTraining client, string strategy)
    {
        if (client.Optimizer is not SGD sgd)
            throw new InvalidOperationException($"{strategy} computes with the steps of SGD, and the option Optimizer gave {client.Optimizer.GetType().Name}. Use optim.SGD: p => optim.SGD(p, 0.1)");

        var groups = sgd.ParamGroups.OfType<SGD.ParamGroup>().Select(group => group.Options).ToList();
        if (groups.DistinctBy(options => (options.LearningRate, options.momentum, options.dampening, options.nesterov, options.maximize)).Count() > 1)
            throw new InvalidOperationException($"{strategy} needs one learning rate and one momentum for all parameters, and the option Optimizer gave an optimizer with several.");
        return groups[0];
    }

    /// <summary>Sees to it that a step is the gradient times the learning rate.</summary>
    public static void MustBePlainSGD(ClientTraining client, string strategy)
    {
        var options = SGD(client, strategy);
        if (options.momentum is not (null or 0))
            throw new InvalidOperationException($"{strategy} needs plain SGD, and the option Optimizer gave one with a momentum of {options.momentum}. Leave the momentum out: p => optim.SGD(p, 0.1)");
        if (options.maximize == true)
            throw new InvalidOperationException($"{strategy} needs plain SGD, and the option Optimizer gave one that maximizes the loss.");
        if (options.LearningRate is not > 0)
            throw new InvalidOperationException($"{strategy} needs a learning rate above 0; that of the option Optimizer is {options.LearningRate}.");
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Models that travel: a model that was sent is at the worker, trains there, and comes home with what it learned.</summary>
public static class ModuleExtensions
{
    /// <summary>Sends the model to a worker. Optimizers over its parameters go on working.</summary>
    /// <param name="model">Any module.</param>
    /// <param name="location">The worker.</param>
    /// <param name="user">Who sends it, where a parameter or buffer is private.</param>
    /// <returns>The model itself, which is at the worker now.</returns>
    /// <exception cref="ModelLocationException">The model is at a worker already.</exception>
    /// <exception cref="SendNotPermittedError">One of its tensors is private, and not for that user.</exception>
    public static T send<T>(this T model, BaseWorker location, string? user = null) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(location);
        if (ModelPlace.Of(model) is { } place) throw ModelLocationException.Away(place.Location, location);
        var label = LabelOf(model);
        if (!label.Allows(user)) throw new SendNotPermittedError(location.id, user);
        GiveGradients(model);
        // An own id for each stay: the worker may still have another visitor under the model's first one.
        var at = (ObjectDescriptor)location.recv_msg(new ObjectMessage(IdProvider.Next(), model, label))!;
        ModelPlace.Note(model, new ModelPlace(location, at.Id));
        return model;
    }

    /// <summary>Takes the model home.</summary>
    /// <param name="model">The model.</param>
    /// <param name="user">Who asks, where a parameter or buffer is private.</param>
    /// <returns>The model itself.</returns>
    /// <exception cref="ModelLocationException">The model is at no worker.</exception>
    /// <exception cref="ObjectNotFoundError">The worker has it no longer: its store was cleared. The model is here then.</exception>
    /// <exception cref="GetNotPermittedError">One of its tensors is private, and not for that user. It stays where it is.</exception>
    public static T get<T>(this T model, string? user = null) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(model);
        var place = ModelPlace.Of(model) ?? throw ModelLocationException.AtHome();
        Ask(model, place, new ObjectRequestMessage(place.Id, user));
        ModelPlace.Note(model, null);
        return model;
    }

    /// <summary>Has the model given to another worker, directly.</summary>
    /// <param name="model">The model.</param>
    /// <param name="to">The worker that shall have it.</param>
    /// <param name="user">Who asks, where a parameter or buffer is private.</param>
    /// <returns>The model itself.</returns>
    /// <exception cref="ModelLocationException">The model is at no worker.</exception>
    /// <exception cref="ObjectNotFoundError">The worker has it no longer: its store was cleared. The model is here then.</exception>
    /// <exception cref="GetNotPermittedError">One of its tensors is private, and not for that user. It stays where it is.</exception>
    public static T move<T>(this T model, BaseWorker to, string? user = null) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(to);
        var place = ModelPlace.Of(model) ?? throw ModelLocationException.AtHome();
        if (ReferenceEquals(to, place.Location)) return model;
        var at = (ObjectDescriptor)Ask(model, place, new TransferMessage(place.Id, to.id, user))!;
        ModelPlace.Note(model, new ModelPlace(to, at.Id));
        return model;
    }

    /// <summary>
    /// An independent copy of the model, here: weights, buffers and mode, without gradients. It works on a model that is away as well: in
    /// this process the worker has the very module.
    /// </summary>
    /// <returns>A module of the same class.</returns>
    public static T copy<T>(this T model) where T : nn.Module => ModuleCopy.Of(Argument.Given(model));

    extension(nn.Module model)
    {
        /// <summary>The worker that has the model.</summary>
        /// <exception cref="ModelLocationException">The model is at no worker.</exception>
        public BaseWorker location => ModelPlace.Of(Argument.Given(model))?.Location ?? throw ModelLocationException.AtHome();
    }

    extension(Tensor parameter)
    {
        /// <summary>The pointer to a parameter or buffer of a model that is away: <c>model.weight.ptr()</c>. It owns nothing.</summary>
        /// <exception cref="ModelLocationException">The tensor belongs to no model that is away.</exception>
        public PointerTensor ptr()
        {
            ArgumentNullException.ThrowIfNull(parameter);
            if (ModelPlace.OfParameter(parameter) is not var (place, name)) throw ModelLocationException.NoParameter();
            return new PointerTensor(WorkerRegistry.Me, place.Location, new ObjectDescriptor(place.Id, parameter.shape), gc: false, attribute: name);
        }
    }

    extension(nn.Module<Tensor, Tensor> model)
    {
        /// <summary>Runs the model where it is, over a tensor that is there too.</summary>
        /// <param name="data">A pointer to the input.</param>
        /// <returns>A pointer to the output.</returns>
        /// <exception cref="TensorsNotCollocatedException">The model and the tensor are not at the same worker.</exception>
        public PointerTensor forward(PointerTensor data) => Run(model, OperationTable.CallModel, data);

        /// <summary>Runs the model where it is, over a tensor that is there too; the same as <c>forward</c>.</summary>
        /// <param name="data">A pointer to the input.</param>
        /// <returns>A pointer to the output.</returns>
        /// <exception cref="TensorsNotCollocatedException">The model and the tensor are not at the same worker.</exception>
        public PointerTensor call(PointerTensor data) => model.forward(data);
    }

    extension(nn.Module<Tensor, Tensor, Tensor> model)
    {
        /// <summary>Runs the model where it is, over two tensors that are there too.</summary>
        /// <returns>A pointer to the output.</returns>
        /// <exception cref="TensorsNotCollocatedException">The model and the tensors are not at the same worker.</exception>
        public PointerTensor forward(PointerTensor input1, PointerTensor input2) => Run(model, OperationTable.CallModelOfTwo, input1, input2);

        /// <summary>Runs the model where it is, over two tensors that are there too; the same as <c>forward</c>.</summary>
        /// <returns>A pointer to the output.</returns>
        /// <exception cref="TensorsNotCollocatedException">The model and the tensors are not at the same worker.</exception>
        public PointerTensor call(PointerTensor input1, PointerTensor input2) => model.forward(input1, input2);
    }

    private static PointerTensor Run(nn.Module model, string operation, params PointerTensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var input in inputs) ArgumentNullException.ThrowIfNull(input);
        var place = ModelPlace.Of(model);
        if (place is null || inputs.Any(i => !ReferenceEquals(place.Location, i.location)))
            throw TensorsNotCollocatedException.ModelAndData(model.GetName(), place?.Location, inputs.First(i => !ReferenceEquals(place?.Location, i.location)).location);
        return inputs[0].RunOne(operation, [new ObjectReference(place.Id), .. inputs]);
    }

    /// <summary>Asks the worker about the model. One that it has no longer is here from then on: otherwise it could never be sent again.</summary>
    private static object? Ask(nn.Module model, ModelPlace place, Message message)
    {
        try
        {
            return place.Location.recv_msg(message);
        }
        catch (ObjectNotFoundError)
        {
            ModelPlace.Note(model, null);
            throw;
        }
    }

    /// <summary>The model's own label, and the restrictions of its tensors.</summary>
    private static Label LabelOf(nn.Module model)
    {
        IReadOnlyCollection<string>? allowed = null;
        foreach (var tensor in model.parameters().Concat(model.buffers()))
            if (Label.Find(tensor)?.AllowedUsers is { } users) allowed = allowed is null ? users : [.. allowed.Intersect(users)];
        return allowed is null ? Label.Of(model) : Label.Private(allowed, hidesShape: false);
    }

    /// <summary>As PySyft does, so that a gradient is there to point to and to come home with.</summary>
    private static void GiveGradients(nn.Module model)
    {
        foreach (var parameter in model.parameters())
        {
            if (!parameter.requires_grad) continue;
            using var grad = parameter.grad;
            if (grad is null) parameter.grad = zeros_like(parameter).DetachFromDisposeScope();
        }
    }
}

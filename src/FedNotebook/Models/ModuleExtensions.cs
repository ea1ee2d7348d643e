using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Models that travel: a model that was sent is at the worker, trains there, and comes home with what it learned.</summary>
public static class ModuleExtensions
{
    /// <summary>Sends the model to a worker. Optimizers over its parameters go on working.</summary>
    /// <param name="model">Any module.</param>
    /// <param name="location">The worker.</param>
    /// <returns>The model itself, which is at the worker now.</returns>
    /// <exception cref="ModelLocationException">The model is at a worker already.</exception>
    public static T send<T>(this T model, BaseWorker location) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(location);
        if (ModelPlace.Of(model) is { } place) throw ModelLocationException.Away(place.Location, location);
        // An own id for each stay: the worker may still have another visitor under the model's first one.
        var at = (ObjectDescriptor)location.recv_msg(new ObjectMessage(IdProvider.Next(), model, Label.Of(model)))!;
        ModelPlace.Note(model, new ModelPlace(location, at.Id));
        return model;
    }

    /// <summary>Takes the model home.</summary>
    /// <returns>The model itself.</returns>
    /// <exception cref="ModelLocationException">The model is at no worker.</exception>
    public static T get<T>(this T model) where T : nn.Module
    {
        var place = ModelPlace.Of(model) ?? throw ModelLocationException.AtHome();
        ModelPlace.Note(model, null);
        place.Location.recv_msg(new ObjectRequestMessage(place.Id));
        return model;
    }

    /// <summary>Has the model given to another worker, directly.</summary>
    /// <returns>The model itself.</returns>
    /// <exception cref="ModelLocationException">The model is at no worker.</exception>
    public static T move<T>(this T model, BaseWorker to) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(to);
        var place = ModelPlace.Of(model) ?? throw ModelLocationException.AtHome();
        if (ReferenceEquals(to, place.Location)) return model;
        var at = (ObjectDescriptor)place.Location.recv_msg(new TransferMessage(place.Id, to.id))!;
        ModelPlace.Note(model, new ModelPlace(to, at.Id));
        return model;
    }

    extension(nn.Module model)
    {
        /// <summary>The worker that has the model.</summary>
        /// <exception cref="ModelLocationException">The model is at no worker.</exception>
        public BaseWorker location => ModelPlace.Of(model)?.Location ?? throw ModelLocationException.AtHome();
    }

    extension(nn.Module<Tensor, Tensor> model)
    {
        /// <summary>Runs the model where it is, over a tensor that is there too.</summary>
        /// <param name="data">A pointer to the input.</param>
        /// <returns>A pointer to the output.</returns>
        /// <exception cref="TensorsNotCollocatedException">The model and the tensor are not at the same worker.</exception>
        public PointerTensor forward(PointerTensor data)
        {
            var place = ModelPlace.Of(model);
            if (place is null || !ReferenceEquals(place.Location, data.location))
                throw new TensorsNotCollocatedException(model.GetName(), place?.Location, data.location);
            return data.RunOne(OperationTable.CallModel, [new ObjectReference(place.Id), data]);
        }

        /// <summary>Runs the model where it is, over a tensor that is there too; the same as <c>forward</c>.</summary>
        /// <param name="data">A pointer to the input.</param>
        /// <returns>A pointer to the output.</returns>
        /// <exception cref="TensorsNotCollocatedException">The model and the tensor are not at the same worker.</exception>
        public PointerTensor call(PointerTensor data) => model.forward(data);
    }
}

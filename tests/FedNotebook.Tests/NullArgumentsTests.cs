using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>Null in the place of every argument of everything public that does not say that it takes null.</summary>
public class NullArgumentsTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void Null_is_refused_by_name_wherever_it_is_no_value()
    {
        var bob = Some.Worker("bob");
        var tried = 0;
        var complaints = new List<string>();
        foreach (var type in typeof(sy).Assembly.GetExportedTypes().Where(t => !t.IsNested && !typeof(Delegate).IsAssignableFrom(t)))
            foreach (var member in Members(type).Select(m => Closed(m)))
                foreach (var parameter in member.GetParameters().Where(MustBeGiven))
                {
                    tried++;
                    if (Complaint(member, parameter, bob) is { } complaint) complaints.Add(complaint);
                }

        Assert.True(tried > 1000, $"only {tried} were tried");
        Assert.True(complaints.Count == 0, $"{complaints.Count} of {tried}:\n" + string.Join("\n", complaints.Take(60)));
    }

    private static string? Complaint(MethodBase member, ParameterInfo parameter, BaseWorker bob)
    {
        var what = $"{member.DeclaringType!.Name}.{member.Name}({string.Join(", ", member.GetParameters().Select(p => $"{p.ParameterType.Name} {p.Name}"))}) with null for {parameter.Name}";
        try
        {
            var arguments = member.GetParameters().Select(p => p.Position == parameter.Position ? null : Sample(p.ParameterType, bob)).ToArray();
            if (member is ConstructorInfo constructor) constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
            else member.Invoke(member.IsStatic ? null : Sample(member.DeclaringType!, bob), BindingFlags.DoNotWrapExceptions, null, arguments, null);
            return $"{what}: nothing happened";
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (Exception e)
        {
            return $"{what}: {e.GetType().Name} {e.Message.Split('\n')[0]} {e.StackTrace?.Split('\n')[0]}";
        }
    }

    private static IEnumerable<MethodBase> Members(Type type)
    {
        if (type.IsEnum) yield break;
        var isOpen = type.ContainsGenericParameters;
        var closed = isOpen ? type.MakeGenericType(typeof(PointerTensor)) : type;
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        // Messages and exceptions are plain records of what they are given; workers look at messages when they get them.
        var isRecord = typeof(Message).IsAssignableFrom(type) || type.GetMethod("<Clone>$") is not null || type == typeof(TrainingBatch) || typeof(Exception).IsAssignableFrom(type);

        // A strategy's methods are the trainer's to call, and so is what it calls them with.
        var isCalledByTrainer = typeof(Strategy).IsAssignableFrom(type) || type == typeof(ClientTraining);
        foreach (var constructor in isRecord || type.IsAbstract ? [] : closed.GetConstructors()) yield return constructor;
        foreach (var method in isRecord || isCalledByTrainer ? [] : closed.GetMethods(own))
            if (!method.Name.StartsWith("op_Implicit") && method.Name is not "Equals" and not "Deconstruct") yield return method;
    }

    private static MethodBase Closed(MethodBase member) => member is not MethodInfo { IsGenericMethodDefinition: true } method
        ? member
        : method.MakeGenericMethod([.. method.GetGenericArguments().Select(a => a.GetGenericParameterConstraints() is var c && c.Any(t => t == typeof(nn.Module)) ? typeof(TorchSharp.Modules.Linear)
            : c.Any(t => t == typeof(ObjectPointer)) ? typeof(PointerTensor) : c.Any(t => t == typeof(ValueType)) ? typeof(float) : typeof(string))]);

    private static bool MustBeGiven(ParameterInfo parameter) =>
        !parameter.ParameterType.IsValueType && !parameter.ParameterType.IsByRef && parameter is not { HasDefaultValue: true, DefaultValue: null }
        && Nullability.Create(parameter).WriteState is not NullabilityState.Nullable;

    private static object? Sample(Type type, BaseWorker bob)
    {
        if (type == typeof(PointerTensor) || type == typeof(ObjectPointer)) return zeros(2).send(bob);
        if (type == typeof(PointerChain<PointerTensor>)) return zeros(2).send(bob).send(Some.Worker());
        if (type == typeof(PointerChain<PointerChain<PointerTensor>>)) return zeros(2).send(bob).send(Some.Worker()).send(Some.Worker());
        if (type == typeof(MultiPointerTensor)) return zeros(2).send(bob, Some.Worker());
        if (type == typeof(Tensor)) return zeros(2);
        if (type == typeof(string)) return "text";
        if (type == typeof(Scalar)) return 1.ToScalar();
        if (type == typeof(Device)) return CPU;
        if (type.IsAssignableFrom(typeof(VirtualWorker))) return bob;
        if (type.IsAssignableFrom(typeof(TorchSharp.Modules.Linear))) return nn.Linear(2, 1);
        if (type == typeof(nn.Module<Tensor, Tensor, Tensor>)) return null;
        if (type == typeof(BaseDataset) || type == typeof(utils.data.IterableDataset)) return sy.BaseDataset(zeros(2, 1), zeros(2));
        if (type == typeof(PointerDataset)) return sy.BaseDataset(zeros(2, 1), zeros(2)).send(bob);
        if (type == typeof(FederatedDataset)) return sy.BaseDataset(zeros(2, 1), zeros(2)).federate(bob);
        if (type == typeof(FederatedDataLoader)) return sy.FederatedDataLoader(sy.BaseDataset(zeros(2, 1), zeros(2)).federate(bob));
        if (type == typeof(PrivateGridNetwork)) return sy.PrivateGridNetwork(bob);
        if (type == typeof(VirtualGrid)) return sy.VirtualGrid(bob);
        if (type == typeof(FederatedClient)) return new FederatedClient(bob);
        if (type == typeof(TrainConfig)) return new TrainConfig(nn.Linear(2, 1), (a, b) => a);
        if (type == typeof(Transform)) return transforms.Lambda(x => x);
        if (type == typeof(PointerScope)) return RuntimeHelpers.GetUninitializedObject(type);
        if (type == typeof(IdProvider)) return new IdProvider();
        if (type == typeof(Func<Tensor, Tensor>)) return (Func<Tensor, Tensor>)(x => x);
        if (type == typeof(TorchHook)) return sy.TorchHook();
        if (type == typeof(Label)) return new Label();
        if (type == typeof(Func<Tensor, Tensor, Tensor>)) return SomeTraining.CrossEntropy;
        if (type == typeof(Partition)) return Partition.IID(1);
        if (type == typeof(SimulatedClients)) return SomeTraining.Blobs().federate(2, Partition.IID(1));
        if (type == typeof(FederatedTrainer)) return SomeTraining.Trainer(SomeTraining.Network(), new());
        if (type == typeof(TrainingRun)) return new TrainingRun("model", 1, new(), 1, []);
        if (type == typeof(ModelLayout)) return ModelLayout.Of(nn.Linear(2, 1));
        if (type == typeof(CsvTable)) return SomeTable();
        if (type.IsArray) return Array.CreateInstance(type.GetElementType()!, 0) is var none && Sample(type.GetElementType()!, bob) is { } one ? Filled(type.GetElementType()!, one) : none;
        if (type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(item.MakeArrayType()) && Sample(item, bob) is { } single) return Filled(item, single);
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private static CsvTable SomeTable()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "text,b\n1,2\n");
        var table = datasets.CSV(path);
        File.Delete(path);
        return table;
    }

    private static Array Filled(Type element, object one)
    {
        var array = Array.CreateInstance(element, 1);
        array.SetValue(one, 0);
        return array;
    }
}

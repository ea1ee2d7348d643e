using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Data;

/// <summary>What is saved is there as a whole, or what was there before still is.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public void A_save_that_fails_midway_keeps_the_file_of_before_and_leaves_nothing_beside()
    {
        var (tensorFile, archive, moduleFile, stateFile) = (Path.Combine(folder, "a"), Path.Combine(folder, "b"), Path.Combine(folder, "c"), Path.Combine(folder, "d"));
        Tensor first = ones(3), gone = ones(3);
        var module = nn.Linear(2, 1);
        var optimizer = optim.SGD(module.parameters(), 0.1, momentum: 0.9);
        first.Save(tensorFile);
        first.save(archive);
        module.save(moduleFile);
        optimizer.save_state_dict(stateFile);
        var before = Directory.GetFiles(folder).ToDictionary(f => f, File.ReadAllBytes);

        gone.Dispose();
        var broken = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1));
        broken.parameters().Last().Dispose();
        Assert.ThrowsAny<Exception>(() => gone.Save(tensorFile));
        Assert.ThrowsAny<Exception>(() => gone.save(archive));
        Assert.ThrowsAny<Exception>(() => broken.save(moduleFile));
        Assert.ThrowsAny<Exception>(() => new Broken(module.parameters()).save_state_dict(stateFile));

        Assert.Equal(before.Keys.Order(), Directory.GetFiles(folder).Order());
        foreach (var (file, bytes) in before) Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    private sealed class Broken : OptimizerHelper
    {
        public Broken(IEnumerable<Parameter> parameters) =>
            add_param_group(new ParamGroup { Parameters = parameters, Options = new Options { LearningRate = 1 } });

        public override Tensor step(Func<Tensor>? closure = null) => null!;

        private sealed class Options : OptimizerOptions
        {
            public override void SaveStateDict(BinaryWriter writer) => throw new IOException("the disk is full");
        }
    }

    [Fact]
    public void A_link_stays_a_link_and_the_rights_of_a_file_stay()
    {
        if (OperatingSystem.IsWindows()) return;
        var (file, link) = (Path.Combine(folder, "file"), Path.Combine(folder, "link"));
        ones(2).save(file);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, file);
        zeros(3).save(link);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal([3L], load(file).shape);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        ones(2).save("/dev/null");
        Assert.True(File.Exists("/dev/null"));
    }

    [Fact]
    public void A_folder_that_is_not_there_and_a_folder_in_place_of_a_file_are_named()
    {
        Assert.Contains("There is no folder", Assert.Throws<DirectoryNotFoundException>(() => ones(2).save(Path.Combine(folder, "no", "file"))).Message);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => nn.Linear(1, 1).save(folder)).Message);
    }

    [Fact]
    public void A_dictionary_of_pythons_is_refused_with_a_sentence()
    {
        PythonTorch.SkipIfMissing();
        var files = PythonTorch.Run("dictionaries.py", [folder]);
        Assert.Equal(5, files.Length);
        foreach (var file in files)
        {
            var message = Assert.Throws<InvalidDataException>(() => load(file)).Message;
            Assert.Contains("not a tensor", message);
            Assert.DoesNotContain("makes no sense", message);
        }
    }
}

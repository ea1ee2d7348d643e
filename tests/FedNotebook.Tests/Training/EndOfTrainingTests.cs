using TorchSharp;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>How a training ends for those who wait for it, and what becomes of one whose model somebody else touches.</summary>
public class EndOfTrainingTests
{
    private static readonly FederatedTrainerOptions Options = new() { Rounds = 3, BatchSize = 5, Seed = 7 };

    [Fact]
    public async Task A_cancelled_training_is_a_cancelled_task_that_says_which_model_one_has()
    {
        using var stop = new CancellationTokenSource();
        var (trainer, before) = (Trainer(Network(), Options), Trainer(Network(), Options));
        trainer = Trainer(Network(), Options with { OnRound = round => { if (round.Round == 2) stop.Cancel(); } });
        var fit = trainer.FitAsync(stop.Token);
        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => fit);
        Assert.Equal("The training was cancelled after round 2. The model is that of round 2.", cancelled.Message);
        Assert.Equal((true, stop.Token, TrainingStatus.Cancelled, null), (fit.IsCanceled, cancelled.CancellationToken, trainer.Run!.Status, trainer.Run.Error));

        fit = before.FitAsync(stop.Token);
        Assert.Equal(
            "The training was cancelled in its first round. The model is as it was before the training.", (await Assert.ThrowsAsync<OperationCanceledException>(() => fit)).Message);
        Assert.True(fit.IsCanceled);
    }

    [Fact]
    public async Task Who_listens_to_the_end_and_fails_does_not_make_a_failed_training_of_it()
    {
        using var door = new ManualResetEventSlim();
        var (model, calls) = (Network(), 0);
        var trainer = Trainer(model, Options with { OnBatch = _ => door.Wait() });
        var fit = trainer.FitAsync();
        trainer.Run!.Ended += _ => { calls++; throw new InvalidOperationException("no idea."); };
        door.Set();
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => fit);
        Assert.Equal("The training finished, and who listens to its end failed: no idea. The model is that of round 3.", error.Message);
        Assert.Equal((TrainingStatus.Finished, 1), (trainer.Run.Status, calls));
        await trainer.FitAsync();
    }

    [Fact]
    public async Task Two_trainers_cannot_train_one_model_at_once_and_afterwards_can()
    {
        using var door = new ManualResetEventSlim();
        var model = Network();
        var (one, other) = (Trainer(model, Options with { OnBatch = _ => door.Wait() }), Trainer(model, Options));
        var fit = one.FitAsync();
        Assert.Contains("Another trainer trains this model.", (await Assert.ThrowsAsync<InvalidOperationException>(() => other.FitAsync())).Message);
        Assert.Contains("This trainer trains already.", (await Assert.ThrowsAsync<InvalidOperationException>(() => one.FitAsync())).Message);
        Assert.Null(other.Run);
        door.Set();
        await fit;
        await other.FitAsync();
    }

    [Fact]
    public async Task A_model_that_got_other_parameters_while_it_trained_is_an_error_and_between_trainings_is_none()
    {
        var model = nn.Linear(4, 3);
        var trainer = Trainer(model, Options with { OnRound = round => { if (round.Round == 1) model.weight = new TorchSharp.Modules.Parameter(zeros(3, 4)); } });
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => trainer.FitAsync());
        Assert.Equal(
            "The training ended after round 1: somebody gave the model other parameters while it trained. Change it before or after the training. The model is that of round 1.", error.Message);

        var again = Trainer(model, Options, data: new BaseDataset(zeros(90, 7), Blobs().targets));
        model.weight = new TorchSharp.Modules.Parameter(zeros(3, 7));
        await again.FitAsync();
        Assert.Equal(24, again.Layout.Length);
        Assert.NotEqual(0, model.bias!.abs().sum().item<float>());
    }

    [Fact]
    public async Task A_model_that_was_sent_away_while_it_trained_is_an_error()
    {
        var (model, bob) = (Network(), Some.Worker());
        var trainer = Trainer(model, Options with { OnRound = round => { if (round.Round == 1) model.send(bob); } });
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => trainer.FitAsync());
        Assert.StartsWith($"The training ended after round 1: the model was sent to {bob.id} while it trained.", error.Message);
        Assert.Single(trainer.Run!.Rounds);
    }

    [Fact]
    public async Task The_metrics_go_into_a_file_in_a_new_folder()
    {
        var folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n"));
        var run = await Trainer(Network(), Options).FitAsync();
        run.SaveCsv(Path.Combine(folder, "a", "rounds.csv"));
        Assert.Equal(run.ToCsv(), await File.ReadAllTextAsync(Path.Combine(folder, "a", "rounds.csv")));
        Directory.Delete(folder, recursive: true);
    }
}

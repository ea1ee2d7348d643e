global using FedNotebook;
global using TorchSharp;
global using static TorchSharp.torch;

global using System.Globalization;
global using FedNotebook;
global using TorchSharp;
global using static TorchSharp.torch;

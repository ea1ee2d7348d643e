namespace Microsoft.DotNet.Interactive;

/// <summary>No page of its own: a program runs the notebook.</summary>
public class AutomationEnvironment : FrontendEnvironment;

using Consensus.Core.Fitting;

namespace Consensus.Storage.Fitting;

/// <summary>What was learned of one panel, and of which data.</summary>
/// <param name="Fit">What was learned.</param>
/// <param name="DataSha256">SHA-256 of the labelled data, in lower-case hexadecimal.</param>
public sealed record FittedPanel(PanelFit Fit, string DataSha256);

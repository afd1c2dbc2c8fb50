namespace Consensus.Core.Fitting;

/// <summary>A fit, and what it would have made of each of its questions had it not seen it.</summary>
/// <param name="Fit">Fitted on all the questions.</param>
/// <param name="LogScores">Per question the log score of what <c>learned</c> says, by ten-fold cross-validation: of the vote counts where its guard does not let it decide.</param>
/// <param name="CountedScores">Per question the log score of what the vote counts alone say, likewise.</param>
/// <param name="SquaredErrors">Per question the squared error of the calibrated confidence, likewise; the mean over the calibrated strategies.</param>
public sealed record CrossValidatedFit(
    PanelFit Fit, IReadOnlyList<double> LogScores, IReadOnlyList<double> CountedScores, IReadOnlyList<double> SquaredErrors);

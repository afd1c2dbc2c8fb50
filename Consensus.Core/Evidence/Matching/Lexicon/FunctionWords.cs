using Consensus.Core.Clustering;

namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>Words that carry no meaning of their own.</summary>
internal static class FunctionWords
{
    private static readonly HashSet<string> More = new(StringComparer.Ordinal);

    private static readonly string[] Lists =
    [
        "about than if while during between through into out up off upon onto per via within among around toward towards along across "
        + "again such any each both either "
        + "some other another more most much many only even still already now today once however although though while whereas indeed "
        + "according itself himself herself "
        + "themselves him one can could not no neither nor all every own same too yet until till since because s t d ll ve re m nearly "
        + "roughly approximately exactly total "
        + "altogether almost later currently also ever first-time thing whether whole entire actually really quite rather well case fact "
        + "true said say stated state stating "
        + "claim claimed mean meaning time part it'll there'll been having done doing get got",
        "im am zu zum zur von vom mit auf für bei aus nach wurde wurden wird werden hat haben hatte dem den des einer einem einen "
        + "eines sich als an auch ein dass da er sie es ihr "
        + "sein seine seiner seinen seinem ihre ihrer ihren durch über um vor dort damit noch nur war waren sehr bis seit oder so wie "
        + "zwei-mal man insgesamt rund etwa laut worden",
        "au aux dans par pour sur avec qui que ce cet cette son sa ses a ont été fut était sont elle il ils elles se en y ne n plus "
        + "leur leurs depuis comme mais ou où lors dont "
        + "l d environ selon entre chaque deux-fois",
        "del al con por para que su sus fue fueron ha han lo como más se está están era ser o pero entre desde hasta cada e unos unas sobre cuando según",
        "в на с и из по к у о от до за был была было были это его её ее их он она оно они который которая которое которые является во "
        + "со что как для а же бы лишь только также при об около",
    ];

    static FunctionWords()
    {
        foreach (var list in Lists)
        {
            More.UnionWith(list.Split(' '));
        }
    }

    public static bool Are(string form) => More.Contains(form) || Words.IsStopWord(form);
}

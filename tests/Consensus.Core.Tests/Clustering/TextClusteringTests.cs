using Consensus.Core.Answers;
using Consensus.Core.Clustering;

namespace Consensus.Core.Tests.Clustering;

public class TextClusteringTests
{
    [Theory]
    [InlineData("Paris", "paris.", "The answer is **Paris**")]
    [InlineData("Paris", "Paris is the capital of France.", "The capital of France is Paris.")]
    [InlineData("Jane Austen", "It was written by Jane Austen.")]
    [InlineData("Paris", "Paris, France")]
    [InlineData("Canberra", "The capital of Australia is Canberra.", "Canberra is the capital city of Australia, located in the Australian Capital Territory.", "Canberra (not Sydney)", "It's Canberra!")]
    [InlineData("The energy of a body at rest is its mass times c^2", "The energy of a body at rest is mass times c^2.")]
    [InlineData("William Shakespeare", "Shakespeare", "Romeo and Juliet was written by William Shakespeare.")]
    [InlineData("Shakespeare", "The play was written by Shakespeare in the 1590s.")]
    [InlineData("John F. Kennedy", "John Kennedy")]
    [InlineData("Mount Everest", "Everest")]
    [InlineData("東京", "日本の首都は東京です。", "東京です")]
    [InlineData("서울", "한국의 수도는 서울입니다.")]
    [InlineData("北京", "中国的首都是北京。")]
    [InlineData("**Paris**\n\nParis is the capital of France.", "Paris")]
    [InlineData("The sky is blue because of Rayleigh scattering.", "Because of Rayleigh scattering, the sky is blue")]
    [InlineData("Water boils at 100 degrees at sea level.", "At sea level, water boils at 100 degrees.")]
    [InlineData("1945", "The war ended in 1945.")]
    [InlineData("two apples", "2 apples")]
    [InlineData("It's not safe", "It is not safe.")]
    [InlineData("cats", "cat")]
    [InlineData("東京", "「東京」。")]
    [InlineData("首都は東京です", "首都は東京です。")]
    [InlineData("Москва — столица России", "столица России — Москва")]
    [InlineData("القاهرة", "القاهرة.")]
    public void SayingTheSameIsOneCluster(params string[] texts) => Assert.Single(Labels(texts).Distinct());

    [Theory]
    [InlineData("It is safe.", "It is not safe.")]
    [InlineData("It is safe to eat raw eggs every day of the week.", "It isn't safe to eat raw eggs every day of the week.")]
    [InlineData("Paris", "It is not Paris.")]
    [InlineData("Yes, it rains a lot in that town.", "No, it rains a lot in that town.")]
    [InlineData("The process is reversible under these conditions.", "The process is irreversible under these conditions.")]
    [InlineData("It is legal to park here overnight.", "It is illegal to park here overnight.")]
    [InlineData("Prices will increase next year in all regions.", "Prices will decrease next year in all regions.")]
    [InlineData("El agua es segura.", "El agua no es segura.")]
    [InlineData("Das Wasser ist sauber.", "Das Wasser ist nicht sauber.")]
    [InlineData("Вода безопасна", "Вода не безопасна")]
    [InlineData("这是安全的", "这是不安全的")]
    [InlineData("東京", "首都は東京ではない")]
    [InlineData("Safe", "Safe? It is not.")]
    [InlineData("それは安全です", "それは安全ではない")]
    public void AnAnswerAndItsNegationAreApart(string left, string right) => Assert.Equal(2, Labels(left, right).Distinct().Count());

    [Theory]
    [InlineData("The bridge is 300 metres long.", "The bridge is 310 metres long.")]
    [InlineData("The meeting starts at 12:30 in the main hall.", "The meeting starts at 12:45 in the main hall.")]
    [InlineData("It happened on September 1, 1939.", "It happened on September 3, 1939.")]
    [InlineData("The change is -5 degrees.", "The change is 5 degrees.")]
    [InlineData("There are two moons around that planet.", "There are three moons around that planet.")]
    [InlineData("The newest version is Windows 11", "The newest version is Windows")]
    [InlineData("World War Two", "World War")]
    [InlineData("x > 5", "x < 5")]
    [InlineData("x + 1", "x - 1")]
    [InlineData("$x+1$", "$x-1$")]
    [InlineData("a/b", "b/a")]
    [InlineData("C++", "C#")]
    [InlineData("H2O", "H2O2")]
    public void DifferentNumbersAndSignsAreApart(string left, string right) => Assert.Equal(2, Labels(left, right).Distinct().Count());

    [Theory]
    [InlineData("The capital is Paris.", "The capital is Rome.")]
    [InlineData("The novel was written by Jane Austen in her youth.", "The novel was written by Emily Brontë in her youth.")]
    [InlineData("Lyon is bigger than Paris", "Paris")]
    [InlineData("The mayor of Paris", "Paris")]
    [InlineData("New York", "York")]
    [InlineData("Paris Hilton", "Paris")]
    [InlineData("South Korea", "Korea")]
    [InlineData("Charlotte Brontë", "Emily Brontë")]
    [InlineData("Charlotte Brontë", "It was written by Emily Brontë.")]
    [InlineData("George Washington", "Denzel Washington")]
    [InlineData("Canberra, not Sydney", "Sydney, not Canberra")]
    [InlineData("東京", "日本の首都は京都です。")]
    [InlineData("heart", "heart attack")]
    [InlineData("Alice beat Bob in chess", "Bob beat Alice in chess")]
    [InlineData("The light of the lamp in the hall is red.", "The light of the lamp in the hall is green.")]
    [InlineData("東京", "京都")]
    [InlineData("日本の首都は東京です", "日本の首都は北京です")]
    [InlineData("Столица — Москва", "Столица — Минск")]
    public void DifferentNamesAreApart(string left, string right) => Assert.Equal(2, Labels(left, right).Distinct().Count());

    [Fact]
    public void AVetoHoldsForTheWholeCluster()
    {
        var labels = Labels("The pool is safe for all swimmers today", "The pool is safe for swimmers today", "The pool is not safe for swimmers today", "Today the pool isn't safe for all swimmers");
        Assert.Equal(labels[0], labels[1]);
        Assert.Equal(labels[2], labels[3]);
        Assert.NotEqual(labels[0], labels[2]);
    }

    [Fact]
    public void TheMedoidIsTheMostCentralAnswer()
    {
        var form = new AnswerForm { Kind = AnswerKind.Text };
        string[] texts = ["The sky is blue because air scatters blue light", "The sky looks blue because air scatters light", "Air scatters light in rain clouds"];
        var answers = AnswerReader.Read(texts, form).Answers.OfType<Answer>().ToArray();
        var (index, similarity) = AnswerClustering.Medoid(answers);
        Assert.Equal(0, index);
        Assert.InRange(similarity, 0.3, 1);
    }

    private static int[] Labels(params string[] texts)
    {
        var form = new AnswerForm { Kind = AnswerKind.Text };
        return AnswerClustering.Partition([.. AnswerReader.Read(texts, form).Answers.OfType<Answer>()], form);
    }
}

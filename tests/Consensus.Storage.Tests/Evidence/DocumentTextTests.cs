using System.Globalization;
using System.IO.Compression;
using System.Text;
using Consensus.Storage.Evidence.Reading;
using FsCheck.Xunit;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Consensus.Storage.Tests.Evidence;

public sealed class DocumentTextTests
{
    [Theory]
    [InlineData("text/plain", "One.\r\nTwo.\rThree.\0\u0007", "One.\nTwo.\nThree.")]
    [InlineData("Text/Plain; charset=utf-8", "\uFEFFOne.", "One.")]
    [InlineData("text/markdown", "---\ntitle: x\n---\n# Rivers\n\nThey *flow* [far](http://a.example).\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |", "Rivers\n\nThey flow far.\n\none\ntwo\n\na b\n1 2")]
    [InlineData("text/markdown", "Not <script>alert(1)</script> shown. A & B &lt; C", "Not shown. A & B < C")]
    [InlineData("text/html", "<html><head><title>T</title><style>p{}</style></head><body><nav>menu</nav><h1>Rivers</h1><p>They&nbsp;flow <b>far</b>.</p><p hidden>no</p><div style='display: none'>no</div><p aria-hidden=true>no</p>After</body>", "Rivers\n\nThey\u00A0flow far.\n\nAfter")]
    [InlineData("text/html", "a<br>b<ul><li>c<li>d</ul><pre>x\n  y</pre><table><tr><td>1<td>2<tr><td>3</table>", "a\nb\n\nc\nd\n\nx\n  y\n\n1 2\n3")]
    [InlineData("text/html", "plain words", "plain words")]
    public void TextIsReadOutOfWhatWasHandedIn(string mediaType, string content, string expected) =>
        Assert.Equal((expected, 0), (DocumentText.Read(content, mediaType).Text, DocumentText.Read(content, mediaType).Faults.Count));

    [Fact]
    public void APdfIsReadPageByPage()
    {
        var text = DocumentText.Read(Pdf("The harbour handled 41,200 containers.", "The crane is new."), DocumentText.Pdf).Text!;
        Assert.Contains("The harbour handled 41,200 containers.", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("crane", StringComparison.Ordinal) > text.IndexOf("harbour", StringComparison.Ordinal));
    }

    [Fact]
    public void APdfOfWhichABitWasTurnedIsReadOrRefused()
    {
        var bytes = Convert.FromBase64String(Pdf("The harbour handled 41,200 containers."));
        var random = new Random(17);
        for (var i = 0; i < 300; i++)
        {
            var damaged = bytes.ToArray();
            damaged[random.Next(8, damaged.Length)] ^= (byte)(1 << random.Next(8));
            AssertReadOrRefused(Convert.ToBase64String(damaged[..random.Next(damaged.Length / 2, damaged.Length + 1)]), DocumentText.Pdf);
        }
    }

    [Fact]
    public void APdfThatUnpacksToTooMuchIsRefusedBeforeItDoes()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Single(DocumentText.Read(Raw([("/Filter /FlateDecode", Deflated(400_000_000))]), DocumentText.Pdf).Faults);
        Assert.Equal(("content", "unsupported_content"), (fault.Field, fault.Code));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 10_000, 100_000_000);
    }

    [Fact]
    public void APdfThatDrawsItselfOverAndOverIsRefusedInTime()
    {
        // Ten forms, each drawing the next ten times: ten thousand million texts.
        var forms = Enumerable.Range(0, 10).Select(i => (
            $"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {6 + i} 0 R >> >>", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("/X Do ", 10)))));
        var text = Raw([("", Encoding.ASCII.GetBytes("/X Do")), .. forms, ("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", Encoding.ASCII.GetBytes("BT (x) Tj ET"))]);
        var fault = Assert.Throws<UnreadableDocumentException>(() => PdfText.Of(text, 1_000_000, TimeSpan.FromMilliseconds(300)));
        Assert.Contains("too long", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "content")]
    [InlineData("%%%", "content")]
    [InlineData("aGVsbG8=", "content")]
    [InlineData("JVBERi0xLjc=", "content")]
    public void WhatIsNoPdfIsRefused(string content, string field) => Assert.Equal(field, Assert.Single(DocumentText.Read(content, DocumentText.Pdf).Faults).Field);

    [Fact]
    public void APdfOfPicturesHasNoText() =>
        Assert.Equal("required", Assert.Single(DocumentText.Read(Pdf(""), DocumentText.Pdf).Faults).Code);

    [Theory]
    [InlineData("text/html", "<div>")]
    [InlineData("text/html", "<b><i>")]
    [InlineData("text/html", "<table><tr><td>")]
    [InlineData("text/html", "<!--")]
    [InlineData("text/html", "&amp;<p>")]
    [InlineData("text/markdown", "> ")]
    [InlineData("text/markdown", "- ")]
    [InlineData("text/markdown", "[")]
    [InlineData("text/markdown", "*_")]
    [InlineData("text/markdown", "|")]
    public void NestingWithoutEndIsReadOrRefused(string mediaType, string part) =>
        AssertReadOrRefused(string.Concat(Enumerable.Repeat(part, 20_000)) + "x", mediaType);

    [Theory]
    [InlineData("<b></x>", 100_000)]
    [InlineData("<b title='</b>'>", 100_000)]
    [InlineData("<b><!--</b>-->", 100_000)]
    public void APageThatTakesTooLongIsRefusedInTime(string part, int times)
    {
        var page = string.Concat(Enumerable.Repeat(part, times));
        Assert.Contains("too long", Assert.Throws<UnreadableDocumentException>(() => HtmlText.Of(() => page, TimeSpan.FromMilliseconds(100))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APageThatUnfoldsToTooMuchIsRefused()
    {
        // Each of the thousand is opened again in each of the paragraphs.
        var page = string.Concat(Enumerable.Range(0, 1_000).Select(static i => $"<div><b a={i}></div>")) + string.Concat(Enumerable.Repeat("<p>x", 900));
        Assert.Contains("too much", Assert.Throws<UnreadableDocumentException>(() => HtmlText.Of(() => page, TimeSpan.FromMinutes(2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyElementsThatEndOfThemselvesAreNoDepth() =>
        Assert.Equal("Seen.", DocumentText.Read($"<svg>{string.Concat(Enumerable.Repeat("<path d='M0 0 1 1'/>", 5_000))}</svg><p>Seen.</p>", DocumentText.Html).Text);

    [Fact]
    public void ATextThatIsTooLongIsRefused() => Assert.Equal("too_long", Assert.Single(DocumentText.Read(new string('x', 11), "text/plain", 10).Faults).Code);

    [Property(MaxTest = 200)]
    public void AnythingIsReadOrRefusedAndWhatIsReadIsClean(string? content, byte kind) =>
        AssertReadOrRefused(content ?? "", DocumentText.MediaTypes[kind % DocumentText.MediaTypes.Count]);

    private static void AssertReadOrRefused(string content, string mediaType)
    {
        var reading = DocumentText.Read(content, mediaType);
        Assert.Equal(reading.Text is null, reading.Faults.Count > 0);
        Assert.False(reading.Text is { } text && (text.Trim().Length != text.Length || text.Length == 0 || text.Contains('\r', StringComparison.Ordinal)));
    }

    private static string Pdf(params string[] pages)
    {
        using var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        foreach (var words in pages)
        {
            var page = builder.AddPage(UglyToad.PdfPig.Content.PageSize.A4);
            if (words.Length > 0)
            {
                page.AddText(words, 12, new PdfPoint(50, 700), font);
            }
        }

        return Convert.ToBase64String(builder.Build());
    }

    /// <summary>A PDF of one page whose content is the first stream; the next are objects 5, 6, ….</summary>
    private static string Raw((string Entries, byte[] Data)[] streams)
    {
        var pdf = new MemoryStream();
        var places = new List<long>();
        void Write(string text) => pdf.Write(Encoding.ASCII.GetBytes(text));
        void Begin()
        {
            places.Add(pdf.Length);
            Write(string.Create(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n"));
        }

        Write("%PDF-1.7\n");
        foreach (var text in new[]
        {
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        })
        {
            Begin();
            Write(text + "\nendobj\n");
        }

        foreach (var (entries, data) in streams)
        {
            Begin();
            Write(string.Create(CultureInfo.InvariantCulture, $"<< {entries} /Length {data.Length} >>\nstream\n"));
            pdf.Write(data);
            Write("\nendstream\nendobj\n");
        }

        var table = pdf.Length;
        Write(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n"));
        foreach (var place in places)
        {
            Write(place.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n");
        }

        Write(string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size {places.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF"));
        return Convert.ToBase64String(pdf.ToArray());
    }

    private static byte[] Deflated(int zeros)
    {
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = new byte[1_000_000];
            for (var written = 0; written < zeros; written += block.Length)
            {
                stream.Write(block);
            }
        }

        return packed.ToArray();
    }
}

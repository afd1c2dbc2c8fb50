using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Consensus.Storage.Evidence.Reading;

/// <summary>
/// Unpacks the streams of one PDF within its budget: how much a stream unpacks to is counted before it is. Images are not unpacked at all: they hold no text.
/// </summary>
internal sealed class PdfFilters(PdfBudget budget) : IFilterProvider
{
    private readonly Filters _filters = new(budget);

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary)
    {
        budget.Check();
        return _filters.GetFilters(dictionary);
    }

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names)
    {
        budget.Check();
        return _filters.GetNamedFilters(names);
    }

    public IReadOnlyList<IFilter> GetAllFilters() => _filters.GetAllFilters();

    private sealed class Filters(PdfBudget budget) : BaseFilterProvider(Instances(budget))
    {
        private static Dictionary<string, IFilter> Instances(PdfBudget budget)
        {
            var ascii85 = new Bounded(new Ascii85Filter(), budget, static (data, _) => data.Length * 4L);
            var asciiHex = new Bounded(new AsciiHexDecodeFilter(), budget, static (data, _) => data.Length);
            var flate = new Bounded(new FlateFilter(), budget, FlateLength);
            var runs = new Bounded(new RunLengthFilter(), budget, RunLength);
            var lzw = new Bounded(new LzwFilter(), budget, LzwLength);
            var image = new Image();
            return new Dictionary<string, IFilter>(StringComparer.Ordinal)
            {
                ["ASCII85Decode"] = ascii85, ["A85"] = ascii85, ["ASCIIHexDecode"] = asciiHex, ["AHx"] = asciiHex, ["FlateDecode"] = flate, ["Fl"] = flate,
                ["RunLengthDecode"] = runs, ["RL"] = runs, ["LZWDecode"] = lzw, ["LZW"] = lzw, ["CCITTFaxDecode"] = image, ["CCF"] = image, ["DCTDecode"] = image,
                ["DCT"] = image, ["JBIG2Decode"] = image, ["JPXDecode"] = image,
            };
        }
    }

    private static long FlateLength(ReadOnlyMemory<byte> data, long most)
    {
        var buffer = new byte[16_384];
        var length = 0L;
        try
        {
            using var unpacked = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
            for (int read; length <= most && (read = unpacked.Read(buffer)) > 0;)
            {
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            // A damaged stream; what of it can be unpacked is counted. The reader may be content with that.
        }

        return length;
    }

    /// <summary>Two bytes may stand for 128.</summary>
    private static long RunLength(ReadOnlyMemory<byte> data, long most)
    {
        var length = 0L;
        for (var i = 0; i < data.Length && data.Span[i] != 128;)
        {
            var mark = data.Span[i];
            length += mark < 128 ? mark + 1 : 257 - mark;
            i += mark < 128 ? mark + 2 : 2;
        }

        return length;
    }

    /// <summary>
    /// A code of at least nine bits stands for at most 4,096 bytes, and no code for more than one byte more than there were codes before it since the last
    /// reset.
    /// </summary>
    private static long LzwLength(ReadOnlyMemory<byte> data, long most)
    {
        var codes = data.Length * 8L / 9;
        return Math.Min(codes, 4_096) * Math.Max(1, codes / 2);
    }

    private sealed class Bounded(IFilter filter, PdfBudget budget, Func<ReadOnlyMemory<byte>, long, long> measure) : IFilter
    {
        public bool IsSupported => filter.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            budget.Spend(measure(input, budget.Left));
            return filter.Decode(input, streamDictionary, filterProvider, filterIndex);
        }
    }

    private sealed class Image : IFilter
    {
        public bool IsSupported => false;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex) => Memory<byte>.Empty;
    }
}

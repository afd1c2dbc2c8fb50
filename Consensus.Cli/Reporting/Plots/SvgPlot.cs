using System.Net;
using System.Text;

namespace Consensus.Cli.Reporting.Plots;

/// <summary>A drawing with two axes, as inline SVG whose colours the page's style gives.</summary>
internal sealed class SvgPlot
{
    private const double Right = 16;
    private const double Top = 12;
    private const double Bottom = 44;

    private readonly StringBuilder _marks = new();
    private readonly double _left;
    private readonly double _width;
    private readonly double _height;
    private readonly (double From, double To) _x;
    private readonly (double From, double To) _y;

    /// <summary>An empty plot.</summary>
    /// <param name="x">The range of the horizontal axis.</param>
    /// <param name="y">The range of the vertical axis.</param>
    /// <param name="width">The whole width.</param>
    /// <param name="height">The whole height.</param>
    /// <param name="left">The room for labels on the left.</param>
    public SvgPlot((double From, double To) x, (double From, double To) y, double width = 440, double height = 320, double left = 56) =>
        (_x, _y, _width, _height, _left) = (x, y, width, height, left);

    public double X(double value) => _left + ((Math.Clamp(value, _x.From, _x.To) - _x.From) / (_x.To - _x.From) * (_width - _left - Right));

    public double Y(double value) => _height - Bottom - ((Math.Clamp(value, _y.From, _y.To) - _y.From) / (_y.To - _y.From) * (_height - Top - Bottom));

    /// <summary>Draws vertical lines of a grid with their labels below.</summary>
    public SvgPlot TicksX(string label, IEnumerable<double> at, string format)
    {
        foreach (var value in at)
        {
            Line("grid", X(value), Top, X(value), _height - Bottom);
            Text("tick", X(value), _height - Bottom + 16, value.ToString(format), "middle");
        }

        return Text("label", (_left + _width - Right) / 2, _height - 8, label, "middle");
    }

    /// <summary>Draws horizontal lines of a grid with their labels at the left.</summary>
    public SvgPlot TicksY(string label, IEnumerable<double> at, string format)
    {
        foreach (var value in at)
        {
            Line("grid", _left, Y(value), _width - Right, Y(value));
            Text("tick", _left - 8, Y(value) + 4, value.ToString(format), "end");
        }

        var middle = (Top + _height - Bottom) / 2;
        _marks.Append($"<text class=\"label\" text-anchor=\"middle\" transform=\"translate(14 {N(middle)}) rotate(-90)\">{Escape(label)}</text>");
        return this;
    }

    /// <summary>A line between two points of the drawing.</summary>
    public SvgPlot Line(string kind, double x1, double y1, double x2, double y2)
    {
        _marks.Append($"<line class=\"{kind}\" x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"/>");
        return this;
    }

    /// <summary>A line through points of the data.</summary>
    public SvgPlot Path(string kind, IEnumerable<(double X, double Y)> points)
    {
        _marks.Append($"<polyline class=\"{kind}\" points=\"{string.Join(' ', points.Select(point => $"{N(X(point.X))},{N(Y(point.Y))}"))}\"/>");
        return this;
    }

    /// <summary>A dot at a point of the drawing; the tip is read where a pointer rests on it.</summary>
    public SvgPlot Dot(string kind, double x, double y, double radius, string tip)
    {
        _marks.Append($"<circle class=\"{kind}\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\"><title>{Escape(tip)}</title></circle>");
        return this;
    }

    /// <summary>A bar between two corners of the drawing.</summary>
    public SvgPlot Bar(string kind, double x, double y, double width, double height, string tip)
    {
        _marks.Append($"<rect class=\"{kind}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(Math.Max(0, width))}\" height=\"{N(height)}\" rx=\"2\">")
            .Append($"<title>{Escape(tip)}</title></rect>");
        return this;
    }

    /// <summary>Words at a point of the drawing.</summary>
    public SvgPlot Text(string kind, double x, double y, string text, string anchor = "start")
    {
        _marks.Append($"<text class=\"{kind}\" x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\">{Escape(text)}</text>");
        return this;
    }

    /// <summary>The figure: the drawing, named for those who do not see it, with its caption.</summary>
    /// <param name="id">Of the drawing, unlike any other on the page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What is to be seen in it, and how to read it.</param>
    public string Figure(string id, string title, string description) =>
        $"<figure><svg role=\"img\" viewBox=\"0 0 {N(_width)} {N(_height)}\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{Escape(title)}</title>"
        + $"<desc id=\"{id}-d\">{Escape(description)}</desc>{_marks}</svg><figcaption><strong>{Escape(title)}.</strong> {Escape(description)}</figcaption></figure>\n";

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string N(double value) => value.ToString("0.##");
}

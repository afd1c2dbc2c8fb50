namespace Consensus.Cli.Reporting;

/// <summary>How the page looks, by day and by night.</summary>
internal static class ReportStyle
{
    public const string Css = """

        :root { --paper: #ffffff; --ink: #1b1f24; --quiet: #57606a; --grid: #e3e6ea; --mark: #1f5fbf; --soft: #a9c5ee; --before: #8a5a00; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #14171a; --ink: #e8eaed; --quiet: #a2abb5; --grid: #2c3238; --mark: #8ab8ff; --soft: #2f4d78; --before: #e0b050; }
        }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
        h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; border-top: 1px solid var(--grid); padding-top: 1.2rem; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(28rem, 100%), 1fr)); gap: 1.5rem; align-items: start; }
        figure { margin: 1rem 0; max-width: 36rem; } figcaption { color: var(--quiet); font-size: .85rem; }
        svg { width: 100%; height: auto; } svg text { fill: var(--quiet); font-size: 11px; } svg .label { font-size: 12px; fill: var(--ink); }
        .grid { stroke: var(--grid); } .axis { stroke: var(--quiet); } .reference { stroke: var(--quiet); stroke-dasharray: 4 3; fill: none; }
        .mark { fill: var(--mark); } .line { stroke: var(--mark); stroke-width: 2; fill: none; }
        .before { stroke: var(--before); stroke-width: 2; stroke-dasharray: 6 4; fill: none; }
        .bar { fill: var(--soft); } .whisker { stroke: var(--mark); stroke-width: 1.5; }
        .table { overflow-x: auto; } table { border-collapse: collapse; margin: 1rem 0; font-size: .9rem; }
        caption { text-align: left; font-weight: 600; padding: .3rem 0; }
        th, td { text-align: left; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--grid);
          vertical-align: top; font-variant-numeric: tabular-nums; }
        thead th { color: var(--quiet); font-weight: 500; } tbody th { font-weight: 500; }

        """;
}

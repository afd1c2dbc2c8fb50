using MudBlazor;

namespace Consensus.Dashboard.Components.Layout;

/// <summary>Colours and letters of the pages. Text stands at 4.5 : 1 or better on its ground, in both modes; letters are the system's own.</summary>
internal static class PageTheme
{
    private static readonly string[] s_letters =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Create() => new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1f6b66",
            PrimaryContrastText = "#ffffff",
            Secondary = "#5a6472",
            Background = "#f6f7f7",
            Surface = "#ffffff",
            TextPrimary = "#1d2526",
            TextSecondary = "#556062",
            ActionDefault = "#556062",
            LinesDefault = "#dfe4e4",
            LinesInputs = "#8b9697",
            Divider = "#dfe4e4",
            Success = "#1a6b3e",
            Info = "#2b62a8",
            Warning = "#845300",
            Error = "#b3352b",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#6cc0b8",
            PrimaryContrastText = "#0f1a1a",
            Secondary = "#a7b2bd",
            Background = "#131819",
            Surface = "#1b2223",
            TextPrimary = "#e6ebeb",
            TextSecondary = "#a3b0b1",
            ActionDefault = "#a3b0b1",
            LinesDefault = "#2f393a",
            LinesInputs = "#6f7d7e",
            Divider = "#2f393a",
            Success = "#6fcf97",
            Info = "#8ab4f0",
            Warning = "#e5b35a",
            Error = "#f08c82",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = s_letters, FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body1 = new Body1Typography { LetterSpacing = "normal" },
            Button = new ButtonTypography { TextTransform = "none", FontWeight = "600", FontSize = ".95rem", LetterSpacing = "normal" },
        },
    };
}

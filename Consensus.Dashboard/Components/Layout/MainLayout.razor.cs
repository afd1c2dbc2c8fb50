using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace Consensus.Dashboard.Components.Layout;

/// <summary>The frame of every page. Colours follow the system until the reader chooses; the browser remembers the choice.</summary>
public sealed partial class MainLayout(IJSRuntime browser)
{
    private static readonly MudTheme Theme = PageTheme.Create();

    private ErrorBoundary? _boundary;
    private ElementReference _content;

    // Unknown until the browser has told: nothing is drawn in the wrong colours first.
    private bool? _dark;
    private bool _followsSystem;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            var (dark, chosen) = await browser.InvokeAsync<ColourScheme>("consensusPage.colourScheme");
            (_dark, _followsSystem) = (dark, !chosen);
            StateHasChanged();
        }
    }

    protected override void OnParametersSet() => _boundary?.Recover();

    private async Task ToggleAsync()
    {
        (_dark, _followsSystem) = (_dark != true, false);
        await browser.InvokeVoidAsync("consensusPage.chooseColours", _dark == true ? "dark" : "light");
    }

    private void SystemChanged(bool dark)
    {
        if (_followsSystem)
        {
            _dark = dark;
        }
    }

    private Task SkipAsync() => _content.FocusAsync().AsTask();

    private readonly record struct ColourScheme(bool Dark, bool Chosen);
}

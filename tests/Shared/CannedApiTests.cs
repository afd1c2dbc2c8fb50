namespace Consensus.Testing;

/// <summary>Tests of something that calls the API, each with a canned one of its own.</summary>
public abstract class CannedApiTests : IAsyncLifetime
{
    private protected CannedApi Api { get; private set; } = null!;

    private protected HttpClient Http { get; private set; } = null!;

    protected string Url => Api.Address.ToString();

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Api = await CannedApi.StartAsync();
        Http = new HttpClient { BaseAddress = Api.Address };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        await Api.DisposeAsync();
    }
}

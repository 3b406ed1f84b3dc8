using System.Net;
using CesarPS.Engine.Downloads;
using CesarPS.Testing.Http;

namespace CesarPS.Engine.Tests.Downloads;

/// <summary>What is said where no connection comes about.</summary>
public sealed class ConnectionTroubleTests
{
    [Fact]
    public async Task A_proxy_that_refuses_is_told_by_its_status_and_its_password_is_not_shown()
    {
        await using LoopbackServer proxy = await LoopbackServer.StartAsync();
        proxy.Serve("", new LoopbackResource([]) { Always = LoopbackAnswer.Status(407, ("Proxy-Authenticate", "Basic realm=\"proxy\"")) });
        var address = new UriBuilder(proxy.Address) { UserName = "alice", Password = "hunter2" };
        using HttpClient client = new(new SocketsHttpHandler { Proxy = new WebProxy(address.Uri) });

        HttpRequestException error = await Should.ThrowAsync<HttpRequestException>(
            () => client.GetAsync(new Uri("https://recordings.invalid/talk.mp3"), TestContext.Current.CancellationToken));

        error.HttpRequestError.ShouldBe(HttpRequestError.ProxyTunnelError);
        error.Message.ShouldContain("hunter2", Case.Sensitive, "else this shows nothing");
        string said = ConnectionTrouble.Explain(error);
        said.ShouldStartWith("the proxy refuses the way (status 407); HTTP_PROXY");
        said.ShouldNotContain("hunter2");
        said.ShouldNotContain("alice");
    }
}

using Undersigned.Operation;

namespace Undersigned.Tests.Operation;

public sealed class IssuerFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_examples_of_the_documentation_are_read()
    {
        var documentation = File.ReadAllText(Guards.SourceTree.Of("docs/self-hosting.md"));
        var (from, to) = (documentation.IndexOf("{\n  \"orcid\"", StringComparison.Ordinal), 0);
        to = documentation.IndexOf("\n}\n", from, StringComparison.Ordinal) + 3;
        var example = documentation[from..to].Replace("/etc/undersigned", folder, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "orcid.secret"), "one\n");
        File.WriteAllText(Path.Combine(folder, "github.secret"), "two\n");

        var file = Read(example);

        Assert.Empty(file.Problems);
        Assert.Equal([("orcid", "ORCID", "one", "sub"), ("github", "GitHub", "two", "id")], file.Issuers.Select(i => (i.Key, i.Name, i.ClientSecret!, i.Subject)));
        Assert.Equal(["https://orcid.org/", "https://api.github.com/user"], file.Issuers.Select(i => i.Identity));
    }

    [Fact]
    public void Everything_wrong_is_named_at_once_and_no_secret_is_shown()
    {
        File.WriteAllText(Path.Combine(folder, "empty.secret"), " ");
        File.WriteAllText(Path.Combine(folder, "placeholder.secret"), "changeme");
        var file = Read($$"""
            {
              "Bad Key": { "name": "One", "issuer": "https://one.example", "clientId": "a" },
              "two": { "name": "Two", "issuer": "http://two.example", "clientId": "b" },
              "three": { "issuer": "https://three.example", "authorize": "https://three.example/a", "token": "https://three.example/t", "userInfo": "https://three.example/u", "clientId": "c", "secret": "in the open" },
              "four": { "name": "Four", "clientId": "d" },
              "five": { "name": "Five", "issuer": "https://five.example", "clientSecretFile": "{{folder}}/empty.secret" },
              "six": { "name": "Six", "issuer": "https://six.example", "clientId": "e", "clientSecretVariable": "UNDERSIGNED_NO_SUCH_SECRET" },
              "seven": { "name": "Seven", "issuer": "https://seven.example", "clientId": "f", "clientSecretFile": "{{folder}}/none.secret" },
              "eight": { "name": "Eight", "issuer": "https://eight.example", "clientId": "g", "clientSecretFile": "{{folder}}/placeholder.secret" },
              "nine": 9
            }
            """);

        Assert.Equal(
            [
                "Bad Key cannot stand in an address.", "two: “issuer” is no address that begins with https://.", "three: nobody knows “secret”.", "three: “name” is missing.",
                "four: it is neither OpenID Connect nor plain OAuth 2.", "five: “clientId” is missing.", "five: the secret’s file is empty or too large.",
                "six: the environment variable UNDERSIGNED_NO_SUCH_SECRET is not set.", "seven: the secret’s file cannot be read.", "eight: the secret is a placeholder.", "nine is not an object.",
            ],
            file.Problems.Select(p => p.Reason));
        Assert.Empty(file.Issuers);
        Assert.DoesNotContain(file.Problems, p => (p.Reason + p.Remedy).Contains("in the open", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]", "the file is not an object of services.")]
    [InlineData("{\n  \"orcid\": ", "line 2 is not JSON.")]
    [InlineData("{ \"a\": 1, \"a\": 2 }", "a stands twice.")]
    public void What_is_no_list_of_services_is_refused(string text, string reason) => Assert.Equal(reason, Read(text).Problems[0].Reason);

    private IssuerFile Read(string text)
    {
        var path = Path.Combine(folder, "issuers.json");
        File.WriteAllText(path, text);
        return IssuerFile.Read(path);
    }
}

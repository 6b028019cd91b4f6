using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Tests.Data;

public sealed class InstanceKeysTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-keys-").FullName;

    private Instance Instance => new() { DataFolder = folder, PublicUrl = new Uri("https://letters.example") };

    [Fact]
    public void The_seed_is_made_once_and_nobody_else_can_read_it()
    {
        var first = InstanceKeys.Open(Instance).Seed.ToArray();
        Assert.Equal(first, InstanceKeys.Open(Instance).Seed.ToArray());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(InstanceKeys.FolderOf(Instance), "instance.seed")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(InstanceKeys.FolderOf(Instance)));
    }

    [Fact]
    public void A_seed_that_was_cut_short_stops_the_start()
    {
        InstanceKeys.Open(Instance);
        File.WriteAllBytes(Path.Combine(InstanceKeys.FolderOf(Instance), "instance.seed"), new byte[31]);
        Assert.Throws<InvalidDataException>(() => InstanceKeys.Open(Instance));
    }

    [Fact]
    public void A_token_opens_its_own_purpose_signature_and_round_and_no_other()
    {
        var keys = InstanceKeys.Open(Instance);
        foreach (var id in new[] { 1L, 255, 256, 65_536, long.MaxValue })
        {
            var token = keys.Token(TokenPurpose.Own, id, 2);
            Assert.True(InstanceKeys.TryReadId(token, out var read));
            Assert.Equal(id, read);
            Assert.True(keys.IsToken(token, TokenPurpose.Own, id, 2));
            Assert.False(keys.IsToken(token, TokenPurpose.Confirm, id, 2));
            Assert.False(keys.IsToken(token, TokenPurpose.Own, id, 1));
            Assert.False(keys.IsToken(token, TokenPurpose.Own, id - 1, 2));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-abc")]
    [InlineData("0-abc")]
    [InlineData("zzzzzzzzzzzzzz-abc")]
    [InlineData("u-abc")]
    [InlineData("../etc")]
    public void What_is_no_token_has_no_id(string? text) => Assert.False(InstanceKeys.TryReadId(text, out _));

    [Fact]
    public void Each_round_has_its_own_six_digits_and_another_instance_has_others()
    {
        var keys = InstanceKeys.Open(Instance);
        var codes = Enumerable.Range(0, 200).Select(round => keys.Code(1, round)).ToList();
        Assert.All(codes, c => Assert.Matches("^[0-9]{6}$", c));
        Assert.True(codes.Distinct().Count() > 190);
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        Assert.NotEqual(codes, Enumerable.Range(0, 200).Select(round => InstanceKeys.Open(Instance).Code(1, round)));
    }

    [Fact]
    public void One_address_has_another_tag_in_another_letter()
    {
        var keys = InstanceKeys.Open(Instance);
        Assert.True(EmailAddress.TryParse("Ada+x@post.example", out var ada, out _));
        Assert.True(EmailAddress.TryParse("ada@post.example", out var same, out _));
        Assert.Equal(keys.AddressTag(1, ada), keys.AddressTag(1, same));
        Assert.NotEqual(keys.AddressTag(1, ada), keys.AddressTag(2, ada));
        Assert.NotEqual(keys.AddressTag(1, ada), keys.MailboxTag(ada));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

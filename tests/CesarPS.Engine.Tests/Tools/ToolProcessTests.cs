using System.Text;
using CesarPS.Engine.Tools;

namespace CesarPS.Engine.Tests.Tools;

public sealed class ToolProcessTests
{
    private static readonly LocatedTool Shell = new("sh", "/bin/sh", "");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Much_on_both_streams_at_once_is_read_without_a_deadlock()
    {
        UnixOnly();
        const string script = "(head -c 3000000 /dev/zero | tr '\\0' e >&2; echo last >&2) & head -c 3000000 /dev/zero; wait";

        (int exitCode, byte[] output, string errors) = await ToolProcess.RunAsync(Shell, ["-c", script], 4_000_000, Cancel);

        exitCode.ShouldBe(0);
        output.Length.ShouldBe(3_000_000);
        errors.Length.ShouldBe(8192);
        errors.ShouldEndWith("elast\n");
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are_and_standard_input_is_at_its_end()
    {
        UnixOnly();

        (_, byte[] output, _) = await ToolProcess.RunAsync(
            Shell, ["-c", "cat; printf '%s|' \"$@\"", "sh", "a b", "$HOME;'\"", "-x\n"], 1000, Cancel);

        Encoding.UTF8.GetString(output).ShouldBe("a b|$HOME;'\"|-x\n|");
    }

    [Fact]
    public async Task A_cancel_kills_the_program_and_its_children()
    {
        UnixOnly();
        using var cancel = new CancellationTokenSource();
        await using ToolProcess process = ToolProcess.Start(Shell, ["-c", "sleep 1000 & echo $!; wait"], cancel.Token);
        int child = await ReadIdAsync(process);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => process.WaitForExitAsync(cancel.Token));
        await Running.ShouldBeGoneAsync(process.Id);
        await Running.ShouldBeGoneAsync(child);
    }

    [Fact]
    public async Task Disposal_kills_too()
    {
        UnixOnly();
        ToolProcess process = ToolProcess.Start(Shell, ["-c", "sleep 1000 & echo $!; wait"], Cancel);
        int child = await ReadIdAsync(process);

        await process.DisposeAsync();

        await Running.ShouldBeGoneAsync(process.Id);
        await Running.ShouldBeGoneAsync(child);
    }

    [Fact]
    public async Task Output_closed_on_our_side_ends_the_program()
    {
        UnixOnly();
        await using ToolProcess process = ToolProcess.Start(new LocatedTool("cat", "/bin/cat", ""), ["/dev/zero"], Cancel);

        process.Output.Close();

        (await process.WaitForExitAsync(Cancel)).ShouldNotBe(0);
    }

    [Fact]
    public async Task A_program_that_writes_more_than_is_wanted_is_killed()
    {
        UnixOnly();

        (int exitCode, _, _) = await ToolProcess.RunAsync(Shell, ["-c", "cat /dev/zero"], 100_000, Cancel);

        ToolProcess.Describe(exitCode).ShouldBe("it was ended by signal 9");
    }

    [Fact]
    public void A_program_that_is_not_there_is_broken() => Should.Throw<CesarException>(
        () => ToolProcess.Start(new LocatedTool("x", "/nowhere/x", ""), [], Cancel)).ErrorId.ShouldBe("ToolBroken");

    [Theory]
    [InlineData("", "")]
    [InlineData("one\n[mp3 @ 0x55] Invalid data.\n    Last message repeated 3 times\n\n", "Invalid data")]
    public void The_last_line_says_what_went_wrong(string errors, string line) => ToolProcess.LastLine(errors).ShouldBe(line);

    [Fact]
    public void The_last_line_is_cut_to_one_lines_length() => ToolProcess.LastLine(new string('x', 5000)).Length.ShouldBe(300);

    private static void UnixOnly() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Uses a Unix shell.");

    private static async Task<int> ReadIdAsync(ToolProcess process)
    {
        var text = new StringBuilder();
        var chunk = new byte[16];
        while (!text.ToString().EndsWith('\n'))
        {
            text.Append(Encoding.ASCII.GetString(chunk, 0, await process.ReadAsync(chunk, Cancel)));
        }

        return int.Parse(text.ToString());
    }
}

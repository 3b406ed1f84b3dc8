using CesarPS.Engine.Speech;

namespace CesarPS.Engine.Tests.Speech;

public sealed class LanguageVoteTests
{
    private static readonly TimeSpan s_much = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_first_window_that_is_sure_decides_alone()
    {
        LanguageVote vote = new();

        vote.Add([0.01f, 0.98f, 0.01f], s_much).ShouldBeTrue();

        vote.Leaders()[0].Language.ShouldBe(1);
        vote.Leaders()[0].Share.ShouldBe(0.98, 1e-4);
    }

    [Fact]
    public void A_word_alone_decides_nothing_however_sure_it_is() =>
        new LanguageVote().Add([0.99f, 0.01f], TimeSpan.FromSeconds(0.5)).ShouldBeFalse();

    [Fact]
    public void Doubtful_windows_add_up()
    {
        LanguageVote vote = new();

        vote.Add([0.4f, 0.35f, 0.25f], s_much).ShouldBeFalse();
        vote.Add([0.1f, 0.5f, 0.4f], s_much).ShouldBeFalse();
        vote.Add([0.2f, 0.5f, 0.3f], s_much).ShouldBeTrue();

        vote.Voted.ShouldBe(LanguageVote.Windows);
        vote.Leaders()[0].Language.ShouldBe(1);
        vote.Leaders()[0].Share.ShouldBe(0.45, 1e-4);
    }

    [Fact]
    public void A_window_counts_for_as_much_as_is_said_in_it()
    {
        LanguageVote vote = new(2);

        vote.Add([0.7f, 0.3f], TimeSpan.FromSeconds(1));
        vote.Add([0.3f, 0.7f], TimeSpan.FromSeconds(9)).ShouldBeTrue();

        vote.Leaders()[0].Language.ShouldBe(1);
        vote.Leaders()[0].Share.ShouldBe(0.66, 1e-4);
    }

    [Fact]
    public void Even_a_window_with_hardly_any_speech_has_a_say()
    {
        LanguageVote vote = new(1);

        vote.Add([0.2f, 0.8f], TimeSpan.Zero).ShouldBeTrue();

        vote.Leaders()[0].ShouldBe((1, 0.8));
    }

    [Fact]
    public void The_share_of_the_winner_stays_a_probability()
    {
        LanguageVote vote = new();
        for (int i = 0; i < 3; i++)
        {
            vote.Add([1, 0], TimeSpan.FromSeconds(1.7));
        }

        vote.Leaders()[0].Share.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void Without_a_vote_there_is_no_result() => Should.Throw<InvalidOperationException>(() => new LanguageVote().Leaders());
}

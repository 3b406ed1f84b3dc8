using CesarPS.Engine.Speakers;

namespace CesarPS.Engine.Tests.Speakers;

public sealed class SpeakerVotesTests
{
    private const int People = SegmentationModel.Speakers;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void The_people_of_a_window_are_the_speakers_whom_they_fit_best_together(int speakers)
    {
        Random random = new(speakers);
        for (int round = 0; round < 200; round++)
        {
            double[][] cosines = [.. Enumerable.Range(0, People).Select(_ => Enumerable.Range(0, speakers).Select(_ => (2 * random.NextDouble()) - 1).ToArray())];
            // All as alike to the first two: whom they are next most alike to decides.
            if (speakers > 2 && round % 2 == 0)
            {
                Array.ForEach(cosines, each => (each[0], each[1]) = (0.9 + (each[0] / 100), 0.9 + (each[1] / 100)));
            }

            Assigned(cosines, speakers).ShouldBe(Best(cosines, speakers).Order());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_place_of_each_window_is_judged_by_its_own_scores(int people)
    {
        const int Speakers = 5;
        // At each place of each window the people are other speakers; the last of them talks in the first place alone.
        int Talking(int frame) => frame < SpeakerEvidence.Step ? people : people - 1;
        int Speaker(int window, int place, int person) => ((3 * window) + (2 * place) + person) % Speakers;
        HashSet<(int Frame, int Speaker)> said = [];
        SpeakerVotes votes = new(Speakers, agreement: 0.5);
        for (int window = 0; window < 2; window++)
        {
            byte[] levels = new byte[SegmentationModel.Frames * People];
            double[,][] scores = Scores((place, person) => [.. Enumerable.Range(0, Speakers).Select(k => k == Speaker(window, place, person) ? 0.9 : 0.1)]);
            for (int frame = 0; frame < SegmentationModel.Frames; frame++)
            {
                levels.AsSpan(frame * People, Talking(frame)).Fill(SegmentedWindow.Highest);
            }

            votes.Add(new SegmentedWindow(window * SegmentationModel.Frames, levels), scores, Hear);
        }

        votes.Advance(2 * SegmentationModel.Frames, Hear);

        said.ShouldBe(
            from window in Enumerable.Range(0, 2)
            from frame in Enumerable.Range(0, SegmentationModel.Frames)
            from person in Enumerable.Range(0, Talking(frame))
            select ((window * SegmentationModel.Frames) + frame, Speaker(window, frame / SpeakerEvidence.Step, person)),
            ignoreOrder: true);

        void Hear(int frame, int speaker, bool speaks)
        {
            if (speaks)
            {
                said.Add((frame, speaker));
            }
        }
    }

    private static double[,][] Scores(Func<int, int, double[]> cosines)
    {
        double[,][] scores = new double[(SegmentationModel.Frames / SpeakerEvidence.Step) + 1, People][];
        for (int place = 0; place < scores.GetLength(0); place++)
        {
            for (int person = 0; person < People; person++)
            {
                scores[place, person] = cosines(place, person);
            }
        }

        return scores;
    }

    private static int[] Assigned(double[][] cosines, int speakers)
    {
        byte[] levels = new byte[SegmentationModel.Frames * People];
        Array.Fill(levels, (byte)SegmentedWindow.Highest);
        var speaking = new List<int>();
        SpeakerVotes votes = new(speakers, agreement: 0.5);
        votes.Add(new SegmentedWindow(0, levels), Scores((_, person) => cosines[person]), (_, _, _) => { });
        votes.Advance(1, (_, speaker, speaks) => speaking.AddRange(speaks ? [speaker] : []));
        return [.. speaking];
    }

    // By trying all; where there are fewer speakers than people, one of the people is nobody.
    private static int[] Best(double[][] cosines, int speakers) =>
        (from a in Enumerable.Range(-1, speakers + 1)
         from b in Enumerable.Range(-1, speakers + 1)
         from c in Enumerable.Range(-1, speakers + 1)
         let chosen = new[] { a, b, c }
         let somebody = chosen.Where(speaker => speaker >= 0).ToArray()
         where somebody.Length == Math.Min(People, speakers) && somebody.Distinct().Count() == somebody.Length
         orderby chosen.Select((speaker, person) => speaker < 0 ? 0 : cosines[person][speaker] + 2).Sum() descending
         select somebody).First();
}

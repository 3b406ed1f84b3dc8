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

    private static int[] Assigned(double[][] cosines, int speakers)
    {
        byte[] levels = new byte[SegmentationModel.Frames * People];
        Array.Fill(levels, (byte)SegmentedWindow.Highest);
        double[,][] scores = new double[(SegmentationModel.Frames / SpeakerEvidence.Step) + 1, People][];
        for (int place = 0; place < scores.GetLength(0); place++)
        {
            for (int person = 0; person < People; person++)
            {
                scores[place, person] = cosines[person];
            }
        }

        var speaking = new List<int>();
        SpeakerVotes votes = new(speakers, agreement: 0.5);
        votes.Add(new SegmentedWindow(0, levels), scores, (_, _, _) => { });
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

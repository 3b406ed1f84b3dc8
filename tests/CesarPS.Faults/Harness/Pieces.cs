using System.Globalization;
using System.Security.Cryptography;
using CesarPS.Engine.Caching;

namespace CesarPS.Faults.Harness;

/// <summary>Work whose results are known beforehand: pieces with an even number have an artifact.</summary>
internal static class Pieces
{
    private const int LongestText = 2_000;
    private const int LargestFile = 40_000;
    private const int Chunk = 16_000;

    /// <summary>Asks for a piece.</summary>
    public static CacheRequest<Piece> Request(int id) => new(Key(id), PieceCodec.Instance)
    {
        Origin = string.Create(CultureInfo.InvariantCulture, $"recording {id}.mp3"),
        NeedsArtifact = HasFile(id),
    };

    /// <summary>What a piece is found by.</summary>
    public static CacheKey Key(int id) => new KeyBuilder("faults", 1, string.Create(CultureInfo.InvariantCulture, $"pcm:{id:x8}")).Add("language", "en").Add("id", id).Build();

    /// <summary>Whether a piece has an artifact.</summary>
    public static bool HasFile(int id) => id % 2 == 0;

    /// <summary>The text of a piece.</summary>
    public static string Text(int id, int generation) => Convert.ToBase64String(Random(id, generation, LongestText, salt: 1));

    /// <summary>The bytes of a piece's artifact.</summary>
    public static byte[] Bytes(int id, int generation) => Random(id, generation, LargestFile, salt: 2);

    /// <summary>Works a piece out. Where its artifact cannot be kept it goes without, as a stage of the pipeline does.</summary>
    public static Piece Work(int id, int generation, CacheWork work, StageCache cache)
    {
        Artifact? file = null;
        if (HasFile(id))
        {
            try
            {
                file = Write(work.CreateArtifact(), Bytes(id, generation));
            }
            catch (Exception error) when (StageCache.IsTrouble(error))
            {
                cache.WarnUnwritable(error);
            }
        }

        return new Piece(id, generation, Text(id, generation), file);
    }

    /// <summary>Finds a piece or works it out, and checks what comes.</summary>
    /// <exception cref="ProofFailedException">It is not the piece that was asked for.</exception>
    public static async Task<CacheResult<Piece>> GetAsync(StageCache cache, int id, int generation = 0, bool mayRead = true)
    {
        CacheResult<Piece> result = await cache.GetOrAddAsync(Request(id) with { MayRead = mayRead }, (work, _) => Task.FromResult(Work(id, generation, work, cache)), CancellationToken.None);
        Check(result.Value, id);
        return result;
    }

    /// <summary>Checks that a piece is the one that was asked for.</summary>
    /// <exception cref="ProofFailedException">It is not.</exception>
    public static void Check(Piece piece, int id)
    {
        ProofFailedException.Unless(piece.Id == id, () => $"A wrong result: piece {id} was asked for, piece {piece.Id} came.");
        ProofFailedException.Unless(piece.Text == Text(id, piece.Generation), () => $"A wrong result: piece {id} of generation {piece.Generation} came with another text.");
    }

    /// <summary>Opens a piece's artifact, as a later stage does, and checks every byte.</summary>
    /// <returns>Whether it is there.</returns>
    /// <exception cref="ProofFailedException">There are other bytes.</exception>
    public static bool CheckFile(StageCache cache, Piece piece)
    {
        if (piece.File is null)
        {
            return false;
        }

        using FileStream? stream = cache.TryOpen(piece.File);
        if (stream is null)
        {
            return false;
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        ProofFailedException.Unless(
            bytes.AsSpan().SequenceEqual(Bytes(piece.Id, piece.Generation)), () => $"A wrong artifact: that of piece {piece.Id}, generation {piece.Generation}, has other bytes.");
        return true;
    }

    private static Artifact Write(ArtifactWriter writer, byte[] bytes)
    {
        foreach (byte[] chunk in bytes.Chunk(Chunk))
        {
            writer.Write(chunk);
        }

        return writer.Publish();
    }

    // The same in every process, unlike hash codes.
    private static byte[] Random(int id, int generation, int most, int salt)
    {
        Random random = new(HashOf(id, generation, salt));
        byte[] bytes = new byte[random.Next(most / 4, most)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static int HashOf(int id, int generation, int salt) =>
        BitConverter.ToInt32(SHA256.HashData([.. BitConverter.GetBytes(id), .. BitConverter.GetBytes(generation), .. BitConverter.GetBytes(salt)]));
}

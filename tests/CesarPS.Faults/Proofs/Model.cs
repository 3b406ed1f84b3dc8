using CesarPS.Engine.Caching;
using CesarPS.Faults.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace CesarPS.Faults.Proofs;

/// <summary>Random operations, compared step by step with a dictionary.</summary>
internal sealed class Model : Proof
{
    private const int Length = 50;
    private const int Ids = 8;

    private static readonly string[] Kinds = ["get", "get", "get", "get", "find", "find", "young", "bypass", "add", "evict", "clear", "damage", "lose file", "reopen", "jump", "jump"];

    /// <inheritdoc/>
    public override Task RunAsync(ProofRun run)
    {
        int sequences = run.Count(10_000, 1_000_000) / Length;
        int done = 0;
        Dictionary<string, int> seen = [];
        Gen<Step> step = from kind in Gen.Elements(Kinds) from id in Gen.Choose(0, Ids - 1) from number in Gen.Choose(0, 1_000) select new Step(kind, id, number);
        Arbitrary<Step[]> steps = Arb.From(Gen.ArrayOf(step, Length), Shorter);
        Property holds = Prop.ForAll(steps, sequence =>
        {
            done += Run(run, sequence, seen);
            return true;
        });

        // The first number begins the randomness; FsCheck wants the second one odd.
        Config config = Config.QuickThrowOnFailure.WithMaxTest(sequences).WithReplay((ulong)run.Seed, 1UL).WithQuietOnSuccess(true);
        holds.Check(config);
        ProofRun.Figure($"{done} operations in {sequences} sequences, each answered as the model says ({string.Join(", ", seen.OrderBy(kind => kind.Key).Select(kind => $"{kind.Key} {kind.Value}"))})");
        return Task.CompletedTask;
    }

    // A sequence that fails without one of its steps says more.
    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        for (int part = steps.Length / 2; part > 0; part /= 2)
        {
            for (int start = 0; start < steps.Length; start += part)
            {
                yield return [.. steps[..start], .. steps[Math.Min(steps.Length, start + part)..]];
            }
        }
    }

    private static int Run(ProofRun run, Step[] steps, Dictionary<string, int> seen)
    {
        using Place place = run.NewPlace(inMemory: true);
        using ModelledCache cache = new(place);
        foreach (Step step in steps)
        {
            cache.Do(step.Kind, step.Id, step.Number);
            seen[step.Kind] = seen.GetValueOrDefault(step.Kind) + 1;
        }

        return steps.Length;
    }

    private sealed record Step(string Kind, int Id, int Number)
    {
        public override string ToString() => FormattableString.Invariant($"{Kind} {Id} {Number}");
    }

    /// <summary>The cache and the model beside each other.</summary>
    private sealed class ModelledCache(Place place) : IDisposable
    {
        private readonly ModelCache _model = new();
        private readonly SteerableClock _clock = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        private readonly Heard _heard = new();
        private StageCache? _cache;

        private StageCache Cache => _cache ??= place.Open(_heard, _clock);

        private CacheAdministration Administration => new(new CacheSettings { Directory = place.Cache }, _clock, new CacheDisk());

        public void Do(string kind, int id, int number)
        {
            switch (kind)
            {
                case "get": Get(id, number); break;
                case "find": Find(id, null); break;
                case "young": Find(id, TimeSpan.FromMinutes(number)); break;
                case "bypass": Bypass(id, number); break;
                case "add": Add(id | 1, number); break;
                case "evict": Evict(number); break;
                case "clear": Clear(); break;
                case "damage": Damage(id); break;
                case "lose file": LoseFile(id); break;
                case "reopen": Reopen(); break;
                default: _clock.Now += TimeSpan.FromMinutes(number - 400); break;
            }

            CheckList(kind);
        }

        public void Dispose() => _cache?.Dispose();

        private void Get(int id, int generation)
        {
            MissReason? expected = _model.Ask(id, null, _clock.Now);
            CacheResult<Piece> result = Pieces.GetAsync(Cache, id, generation).GetAwaiter().GetResult();
            Compare(expected, result.Outcome is StageOutcome.Hit ? null : result.Reason);
            Check(id, result, expected is null ? _model.Entries[id].Generation : generation);
            if (expected is not null)
            {
                Keep(id, generation, Pieces.HasFile(id));
            }
        }

        private void Find(int id, TimeSpan? maxAge)
        {
            MissReason? expected = _model.Ask(id, maxAge, _clock.Now);
            CacheLookup<Piece> found = Cache.Find(Pieces.Request(id) with { MaxAge = maxAge });
            Compare(expected, found.Result is null ? found.Reason : null);
            if (found.Result is { } result)
            {
                Check(id, result, _model.Entries[id].Generation);
            }
        }

        private void Bypass(int id, int generation)
        {
            CacheResult<Piece> result = Pieces.GetAsync(Cache, id, generation, mayRead: false).GetAwaiter().GetResult();
            Compare(MissReason.Bypassed, result.Reason);
            Check(id, result, generation);
            Keep(id, generation, Pieces.HasFile(id));
        }

        // Odd ones have no artifact.
        private void Add(int id, int generation)
        {
            ProofFailedException.Unless(Cache.TryAdd(Pieces.Request(id) with { IsDurable = false }, new Piece(id, generation, Pieces.Text(id, generation), null), TimeSpan.Zero), () => "A result was not kept.");
            Keep(id, generation, false);
        }

        // The system dates new files by its own clock, which is not the one that is steered here.
        private void Keep(int id, int generation, bool hasFile)
        {
            File.SetLastWriteTimeUtc(place.Layout.Record(Pieces.Key(id).Digest), _clock.Now.UtcDateTime);
            _model.Keep(id, generation, hasFile, _clock.Now);
        }

        // The model does not know sizes. It knows the order: artifacts before records, and the older use before the younger.
        private void Evict(int number)
        {
            CacheAdministration administration = Administration;
            long before = administration.Info().Bytes, target = before * number / 1_000;
            administration.Shrink(target);
            ProofFailedException.Unless(administration.Info().Bytes <= target, () => FormattableString.Invariant($"The cache was to shrink to {target} and takes {administration.Info().Bytes}."));
            int[] all = [.. _model.Entries.Keys];
            bool IsThere(int id) => File.Exists(place.Layout.Record(Pieces.Key(id).Digest));
            bool HasFile(int id) => Files(id, _model.Entries[id].Generation);
            CheckOrder("records", [.. all.Where(IsThere)], [.. all.Where(id => !IsThere(id))]);
            CheckOrder("artifacts", [.. all.Where(id => _model.Entries[id].HasFile && HasFile(id))], [.. all.Where(id => _model.Entries[id].HasFile && !HasFile(id))]);
            ProofFailedException.Unless(all.All(IsThere) || !all.Any(id => _model.Entries[id].HasFile && HasFile(id)), () => "A record was evicted before the last artifact.");
            foreach (int id in all)
            {
                if (!IsThere(id))
                {
                    _model.Remove(id);
                }
                else if (!HasFile(id))
                {
                    _model.DropFile(id);
                }
            }
        }

        private void CheckOrder(string what, int[] kept, int[] gone)
        {
            bool holds = kept.Length == 0 || gone.Length == 0 || gone.Max(id => _model.Entries[id].Used) <= kept.Min(id => _model.Entries[id].Used);
            ProofFailedException.Unless(holds, () => $"Of the {what}, {string.Join(", ", gone.Select(Show))} went, and {string.Join(", ", kept.Select(Show))} stayed.");
            string Show(int id) => FormattableString.Invariant($"{id} (used {_model.Entries[id].Used:O})");
        }

        private void Clear()
        {
            Administration.Clear(new CacheFilter());
            _model.Clear();
        }

        private void Damage(int id)
        {
            // Twice the same would heal it.
            if (_model.Entries.TryGetValue(id, out ModelCache.Entry? entry) && !entry.IsDamaged)
            {
                string path = place.Layout.Record(Pieces.Key(id).Digest);
                DateTime used = File.GetLastWriteTimeUtc(path);
                byte[] bytes = File.ReadAllBytes(path);
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(path, bytes);
                File.SetLastWriteTimeUtc(path, used);
                _model.Damage(id);
            }
        }

        private void LoseFile(int id)
        {
            if (_model.Entries.TryGetValue(id, out ModelCache.Entry? entry) && entry.HasFile)
            {
                byte[] bytes = Pieces.Bytes(id, entry.Generation);
                Cache.Drop(new Artifact(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)).ToLowerInvariant(), bytes.Length));
                _model.DropFile(id);
            }
        }

        private void Reopen()
        {
            _cache?.Dispose();
            _cache = null;
        }

        private bool Files(int id, int generation) =>
            Pieces.HasFile(id) && File.Exists(place.Layout.Artifact(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Pieces.Bytes(id, generation))).ToLowerInvariant()));

        private void Check(int id, CacheResult<Piece> result, int generation)
        {
            Pieces.Check(result.Value, id);
            ProofFailedException.Unless(result.Value.Generation == generation, () => $"Piece {id} is of generation {result.Value.Generation}, and should be of {generation}.");
            ProofFailedException.Unless(!Pieces.HasFile(id) || Pieces.CheckFile(Cache, result.Value), () => $"Piece {id} came and its artifact is not there.");
        }

        private static void Compare(MissReason? expected, MissReason? seen) =>
            ProofFailedException.Unless(expected == seen, () => $"The model says {Show(expected)}, the cache says {Show(seen)}.");

        private static string Show(MissReason? reason) => reason?.ToString() ?? "hit";

        private void CheckList(string kind)
        {
            if (kind is not ("clear" or "evict" or "damage" or "reopen"))
            {
                return;
            }

            string[] listed = [.. Administration.List(new CacheFilter()).Select(entry => entry.Key).Order(StringComparer.Ordinal)];
            string[] known = [.. _model.Entries.Keys.Select(id => Pieces.Key(id).Digest).Order(StringComparer.Ordinal)];
            ProofFailedException.Unless(listed.SequenceEqual(known), () => $"After '{kind}', {listed.Length} entries are listed, and the model has {known.Length}.");
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using CesarPS.Engine.Files;

namespace CesarPS.Engine.Sources;

/// <summary>The query of an address, parted into what may be seen, what is secret, and what says nothing of the object.</summary>
internal sealed class AddressParameters
{
    // Slow enough that a short password cannot be guessed from a record, fast enough to go unnoticed.
    private const int Rounds = 100_000;
    private const int DigestBytes = 16;

    // What lies deeper in an address within an address is taken for secret unread.
    private const int DeepestAddress = 4;

    private readonly List<string> _naming = [];

    /// <summary>The parameters that may be seen, as they were written, in their order.</summary>
    public string Open { get; private init; } = "";

    /// <summary>The values of all secret parameters.</summary>
    public IReadOnlyList<string> Secrets { get; private init; } = [];

    /// <summary>Reads the query of an address.</summary>
    public static AddressParameters Read(Uri address) => Read(address.Query.TrimStart('?'), depth: 0);

    private static AddressParameters Read(string query, int depth)
    {
        string[] all = query.Split('&', StringSplitOptions.RemoveEmptyEntries);
        string[] names = [.. all.Select(NameOf)];
        SigningSchemes signed = SigningSchemes.Of(names);
        List<string> open = [], secrets = [], naming = [];
        for (int i = 0; i < all.Length; i++)
        {
            string value = all[i].IndexOf('=', StringComparison.Ordinal) is >= 0 and int at ? all[i][(at + 1)..] : "";
            if (signed.Includes(names[i]))
            {
                secrets.Add(value);
            }
            else if (Uri.UnescapeDataString(value) is var plain && (SecretText.IsSecret(names[i], plain) || IsAddressWithSecrets(plain, depth)))
            {
                secrets.Add(value);
                naming.Add(all[i]);
            }
            else if (!TrackingParameters.Include(names[i]))
            {
                open.Add(all[i]);
            }
        }

        AddressParameters read = new() { Open = string.Join('&', open), Secrets = secrets };
        read._naming.AddRange(naming);
        return read;
    }

    /// <summary>A digest of the secrets that may tell one object from another; null where there are none.</summary>
    /// <param name="link">The link without them.</param>
    /// <param name="user">The user's name and password; empty for none.</param>
    public string? SecretDigest(string link, string user)
    {
        if (_naming.Count == 0 && user.Length == 0)
        {
            return null;
        }

        string secret = string.Join('&', _naming.Prepend(user));
        byte[] salt = SHA256.HashData(Encoding.UTF8.GetBytes(link));
        return HexDigest.Of(Rfc2898DeriveBytes.Pbkdf2(secret, salt, Rounds, HashAlgorithmName.SHA256, DigestBytes));
    }

    // Players and proxies are given the address of something else, whose secrets are as secret there.
    private static bool IsAddressWithSecrets(string value, int depth)
    {
        if (AddressText.HasUser(value))
        {
            return true;
        }

        int query = value.IndexOfAny(['?', '#']);
        return query >= 0 && (depth == DeepestAddress || Read(value[(query + 1)..].Replace('?', '&').Replace('#', '&'), depth + 1).Secrets.Count > 0);
    }

    private static string NameOf(string parameter) => Uri.UnescapeDataString(parameter.Split('=', 2)[0]).ToLowerInvariant();
}

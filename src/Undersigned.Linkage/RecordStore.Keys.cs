namespace Undersigned.Linkage;

/// <summary>
/// The blocking keys of a row: two rows are compared when they share one. All are equalities, made from the row alone, so that
/// neither the order of rows nor what else stands in the list changes them.
/// </summary>
internal sealed partial class RecordStore
{
    private enum KeyKind : ulong
    {
        TwoSounds = 1, SoundAndInitial, TwoBeginnings, InOnePiece, NameAtOrganization, Mailbox, Value, ValueAndBeginning, LongWords,
        YearAndBeginning, DayAndBeginning,
    }

    private void AddKeys(ref Row row)
    {
        Span<int> words = stackalloc int[3];
        words = words[..ChooseWords(row, words)];
        NameKeys(row, words);
        foreach (var post in PostsOf(row))
            if (post.Organization >= 0) WithNames(row, KeyKind.NameAtOrganization, Values[post.Organization].Hash, words);
        if (row.Domain >= 0) WithNames(row, KeyKind.NameAtOrganization, Values[row.Domain].Hash, words);
        if (row.Mailbox != 0) AddKey(row, Mixing.Of((ulong)KeyKind.Mailbox, row.Mailbox));
        if (row.Location >= 0) WithBeginnings(row, KeyKind.ValueAndBeginning, Values[row.Location].Hash, words);
        foreach (var fact in FactsOf(row)) FactKeys(row, Values[fact], words);
        row.KeyCount = (byte)(_keys.Count - row.KeysAt);
        AddSeconds(ref row);
    }

    /// <summary>At most three words: the first, the last and the longest between them.</summary>
    private int ChooseWords(in Row row, Span<int> words)
    {
        var count = 0;
        var tokens = TokensOf(row);
        if (tokens.Length <= 3)
        {
            foreach (var token in tokens) words[count++] = token;
            return count;
        }
        var longest = 1;
        for (var i = 2; i < tokens.Length - 1; i++)
            if (Tokens[tokens[i]].Text.Length > Tokens[tokens[longest]].Text.Length) longest = i;
        (words[0], words[1], words[2]) = (tokens[0], tokens[longest], tokens[^1]);
        return 3;
    }

    private void NameKeys(in Row row, ReadOnlySpan<int> words)
    {
        for (var i = 0; i < words.Length; i++)
            for (var j = 0; j < words.Length; j++)
            {
                if (i == j) continue;
                ref readonly var a = ref Tokens[words[i]];
                ref readonly var b = ref Tokens[words[j]];
                if (a.Text.Length == 1) continue;
                AddKey(row, Mixing.Of((ulong)KeyKind.SoundAndInitial, a.SkeletonHash, b.Skeleton.Length > 0 ? b.Skeleton[0] : 0UL));
                if (j < i || b.Text.Length == 1) continue;
                AddKey(row, Mixing.Of((ulong)KeyKind.TwoSounds, Math.Min(a.SkeletonHash, b.SkeletonHash), Math.Max(a.SkeletonHash, b.SkeletonHash)));
                AddKey(row, Mixing.Of((ulong)KeyKind.TwoBeginnings, Math.Min(a.BeginningHash, b.BeginningHash), Math.Max(a.BeginningHash, b.BeginningHash)));
            }
        if (row.TokenCount > 0) AddKey(row, Mixing.Of((ulong)KeyKind.InOnePiece, row.Piece));
    }

    private ulong InOnePiece(ReadOnlySpan<int> tokens)
    {
        var length = 0;
        foreach (var token in tokens) length += Tokens[token].Text.Length;
        Span<char> piece = stackalloc char[length];
        var at = 0;
        foreach (var token in tokens)
        {
            Tokens[token].Text.CopyTo(piece[at..]);
            at += Tokens[token].Text.Length;
        }
        return Mixing.Of(piece);
    }

    private void FactKeys(in Row row, in ValueTable.Value value, ReadOnlySpan<int> words)
    {
        if (value.Kind != ValueKind.Words) AddKey(row, Mixing.Of((ulong)KeyKind.Value, value.Hash));
        else if (value.Words.Length >= 3 && value.Joined.Length >= 12) AddKey(row, Mixing.Of((ulong)KeyKind.LongWords, value.Hash));
        else WithBeginnings(row, KeyKind.ValueAndBeginning, value.Hash, words);
        if (value.Kind != ValueKind.Date || value.Month == 0) return;
        WithBeginnings(row, KeyKind.YearAndBeginning, Mixing.Of((ulong)value.Field, (ulong)value.Year), words);
        WithBeginnings(row, KeyKind.DayAndBeginning, Mixing.Of((ulong)value.Field, (ulong)(value.Month * 32 + value.Day)), words);
    }

    private void WithNames(in Row row, KeyKind kind, ulong value, ReadOnlySpan<int> words)
    {
        foreach (var word in words)
            if (Tokens[word].Text.Length > 1) AddKey(row, Mixing.Of((ulong)kind, value, Tokens[word].SkeletonHash));
    }

    private void WithBeginnings(in Row row, KeyKind kind, ulong value, ReadOnlySpan<int> words)
    {
        foreach (var word in words)
            if (Tokens[word].Text.Length > 1) AddKey(row, Mixing.Of((ulong)kind, value, Tokens[word].BeginningHash));
    }

    private void AddKey(in Row row, ulong key)
    {
        if (_keys.Count - row.KeysAt < 96 && !System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_keys)[row.KeysAt..].Contains(key)) _keys.Add(key);
    }

    private void AddSeconds(ref Row row)
    {
        var at = _keys.Count;
        if (row.Location >= 0) _keys.Add(Values[row.Location].Hash);
        if (row.Domain >= 0) _keys.Add(Values[row.Domain].Hash);
        if (row.Mailbox != 0) _keys.Add(row.Mailbox);
        foreach (var post in PostsOf(row))
            if (post.Organization >= 0) _keys.Add(Values[post.Organization].Hash);
        foreach (var fact in FactsOf(row)) _keys.Add(Values[fact].Hash);
        row.SecondCount = (byte)(_keys.Count - at);
    }
}

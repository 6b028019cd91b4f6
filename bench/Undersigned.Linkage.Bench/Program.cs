using System.Diagnostics;
using Undersigned.Linkage;
using Undersigned.Linkage.Bench;

var folder = args.Length > 1 ? args[1] : "../shared/data/linkage/";
string At(string name) => Path.Combine(folder, name);
var what = args[0];
TrueList list = what switch
{
    "f1" => TrueList.Febrl("febrl1", At("febrl-dataset1.csv.gz")),
    "f3" => TrueList.Febrl("febrl3", At("febrl-dataset3.csv.gz")),
    "fake" => TrueList.Fake("fake", At("splink-fake_1000.csv")),
    _ => TrueList.Historical("hist", At("splink-historical-a.csv.gz")),
};
var truth = list.TruePairs();
var watch = Stopwatch.StartNew();
var index = new LinkageIndex(new LinkageOptions { ReviewAt = .001 });
index.AddRange(list.Lines);
Console.WriteLine($"built {watch.ElapsedMilliseconds} ms");
var pairs = index.AllPairs();
Console.WriteLine($"pairs {pairs.Count} compared {index.PairsCompared} {watch.ElapsedMilliseconds} ms");
long blocked = 0;
var cand = new HashSet<IdPair>();
index.EachCandidatePair((a, b) => { if (truth.Contains(IdPair.Of(a, b))) { blocked++; cand.Add(IdPair.Of(a, b)); } });
Console.WriteLine($"blocking recall {(double)blocked / truth.Count:F4} of {truth.Count}");
foreach (var bar in new[] { .01, .1, .3, .5, .7, .9, .99, .999, .99999 })
{
    var found = pairs.Where(p => p.Probability >= bar).ToList();
    double tp = found.Count(p => truth.Contains(IdPair.Of(p.First, p.Second)));
    double pr = tp / Math.Max(1, found.Count), re = tp / truth.Count;
    Console.WriteLine($"p>={bar}: P {pr:F4} R {re:F4} F1 {2 * pr * re / (pr + re):F4}");
}
if (args.Length > 2)
{
    var by = list.Lines.ToDictionary(l => l.Id);
    string Show(long id) => $"{by[id].Name} | {by[id].Location} | {string.Join(" | ", by[id].Facts.Select(f => f.Value))} | {string.Join(" | ", by[id].Posts.Select(f => f.Position))}";
    var rnd = new Random(args[2].Length);
    var fp = pairs.Where(p => p.Probability >= .5 && !truth.Contains(IdPair.Of(p.First, p.Second))).OrderBy(_ => rnd.Next()).Take(12);
    foreach (var p in fp) Console.WriteLine($"FP {p.Bits:F1}\n   {Show(p.First)}\n   {Show(p.Second)}");
    var got = pairs.Where(p => p.Probability >= .5).Select(p => IdPair.Of(p.First, p.Second)).ToHashSet();
    foreach (var p in truth.Where(t => !got.Contains(t)).OrderBy(_ => rnd.Next()).Take(25)) { var m = index.Explain(p.First, p.Second)!; Console.WriteLine($"FN {(cand.Contains(p) ? "" : "NOTBLOCKED ")}{m.Bits:F1}\n   {Show(p.First)}\n   {Show(p.Second)}"); }
}

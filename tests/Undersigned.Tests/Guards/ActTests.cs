using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Mono.Cecil;
using Undersigned.Access;
using Undersigned.Desk;
using Undersigned.Model;

namespace Undersigned.Tests.Guards;

/// <summary>Every post of staff leaves an act in the record. Read from the compiled code: each handler reaches a place that makes one.</summary>
public sealed class ActTests
{
    /// <summary>Posts that leave none, each with its reason.</summary>
    private static readonly Dictionary<string, string> Without = new(StringComparer.Ordinal)
    {
        ["AccountModel.OnPostPasskeyOptionsAsync"] = "asks the browser for a passkey; nothing is changed until it comes back",
        ["GlanceModel.OnPostLoanAsync"] = "lends lines to whoever looks, for some minutes; what they decide is recorded",
        ["RosterModel.OnPostReadingAsync"] = "shows how a sheet is read; nothing is kept",
        ["CorrectionModel.OnPostPreview"] = "shows the difference; nothing is kept",
        ["RemovalModel.OnPostCountAsync"] = "counts whom a condition describes, and shows some; nothing is changed",
        ["TextModel.OnPostFileAsync"] = "shows a file as text in the form; nothing is kept",
        ["TextModel.OnPostPasted"] = "turns what was pasted into text; nothing is kept",
        ["TextModel.OnPostPreview"] = "shows the letter; nothing is kept",
        ["TextModel.OnPostPreviewPart"] = "shows a part of the letter; nothing is kept",
        ["AskEarlierModel.OnPostPreviewAsync"] = "shows the mail; nothing is kept",
        ["TranslationDeskModel.OnPostPreviewAsync"] = "shows what was written; nothing is kept",
        ["UnderTheLetterModel.OnPostPreviewAsync"] = "shows what was written; nothing is kept",
        ["AccountModel.OnPostAuthenticatorAsync"] = "shows a new key; nothing is changed until its first code is seen",
    };

    private static readonly ModuleDefinition Module = ModuleDefinition.ReadModule(typeof(App).Assembly.Location);

    [Fact]
    public void Every_post_of_staff_leaves_an_act()
    {
        var posts = StaffPages().SelectMany(p => p.GetMethods().Where(m => m.Name.StartsWith("OnPost", StringComparison.Ordinal))).ToList();
        Assert.True(posts.Count > 30, $"only {posts.Count} posts were found");
        List<string> wrong =
        [
            .. posts.Where(m => !Without.ContainsKey(NameOf(m)) && !LeavesAnAct(m)).Select(m => NameOf(m) + " leaves no act"),
            .. posts.Where(m => Without.ContainsKey(NameOf(m)) && LeavesAnAct(m)).Select(m => NameOf(m) + " leaves one, and needs no reason"),
            .. Without.Keys.Except(posts.Select(NameOf)).Select(n => n + " is no post"),
        ];
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void The_guard_tells_apart_what_acts_and_what_only_reads()
    {
        Assert.True(LeavesAnAct(typeof(SwitchesModel).GetMethod("OnPostAsync")!));
        Assert.False(LeavesAnAct(typeof(SwitchesModel).GetMethod("OnGet")!));
        Assert.False(LeavesAnAct(typeof(TodayModel).GetMethod("OnGetAsync")!));
    }

    private static IEnumerable<Type> StaffPages() => typeof(App).Assembly.GetTypes().Where(t =>
        t.IsSubclassOf(typeof(PageModel)) && !t.IsAbstract && (t.GetCustomAttribute<StaffOnlyAttribute>() is not null || t.GetCustomAttribute<AuthorizeAttribute>() is not null));

    private static string NameOf(MethodInfo method) => $"{method.ReflectedType!.Name}.{method.Name}";

    private static bool LeavesAnAct(MethodInfo method)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<MethodDefinition>([(MethodDefinition)Module.LookupToken(method.MetadataToken)]);
        while (next.TryDequeue(out var one))
        {
            if (!seen.Add(one.FullName))
                continue;
            foreach (var called in Calls(one))
            {
                if (called is { Name: ".ctor" } && called.DeclaringType.FullName == typeof(StaffAct).FullName)
                    return true;
                if (called.DeclaringType.Resolve()?.Module == Module && called.Resolve() is { HasBody: true } ours)
                    next.Enqueue(ours);
            }
        }
        return false;
    }

    // A method that waits, or yields, does its work in a class that the compiler makes for it.
    private static IEnumerable<MethodReference> Calls(MethodDefinition method)
    {
        var made = method.CustomAttributes.Where(a => a.AttributeType.Name is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute")
            .SelectMany(a => ((TypeReference)a.ConstructorArguments[0].Value).Resolve().Methods.Where(m => m.Name == "MoveNext"));
        return made.Prepend(method).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Select(i => i.Operand).OfType<MethodReference>();
    }
}

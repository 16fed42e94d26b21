/// Words that decide whether a clause stands beyond its task.
enum DialogueCues {
  static let standing = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "always", "never", "from now on", "going forward", "in future",
        "in general", "as a rule", "every time", "each time", "whenever", "at all times",
        "don't ever", "do not ever", "remember to", "remember that", "don't forget to",
        "everywhere", "throughout", "across the codebase", "across the project", "across the repo",
        "across the board", "under no circumstances", "no matter what", "without exception",
        "without asking", "unless i", "unless asked", "unless told", "unless explicitly",
        "only when i", "only if i", "only when asked", "without being told", "without being asked",
        "without my", "by convention", "as a convention", "must not", "mustn't", "must never",
        "should never", "should always",
        "must always",
        "all tests must", "all tests should", "wherever possible", "where possible",
        "whenever possible", "wherever we can", "whenever we can", "wherever you can",
        "at the very least", "first-class", "is not allowed",
        "specifically be told",
        "explicitly asked", "when asked", "when i ask", "when i tell you", "if i ask",
      ]
    )
  ])

  /// Pieces of work that rules are made for.
  static let artefacts: Set<String> = [
    "commit", "pr", "prs", "request", "test", "release", "branch", "review", "comment", "function",
    "method", "class", "module", "file", "endpoint", "component", "migration", "feature", "change",
    "bug", "bugfix", "package", "query", "api", "message", "log", "error", "string", "column",
    "table",
    "type", "variable", "dependency", "script", "command", "doc", "page", "service", "handler",
  ]

  static let oneTask = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "now", "right now", "for now", "this time", "first", "first of all", "yet", "today",
        "tonight", "tomorrow", "yesterday", "again", "next", "once you're done", "when you're done",
        "when done", "after that", "later", "at the moment", "currently", "temporarily",
        "for the moment", "in a minute", "in a bit", "just the", "let me know", "let's discuss",
        "let's continue", "let's see", "let's start", "the following", "above", "below", "anymore",
        "worry", "bother", "mind", "instead of that", "keep going", "go ahead", "the issue",
        "the bug", "the error", "the plan", "the pr", "the branch", "your changes", "the changes",
        "the change", "these changes", "my changes", "the fix", "last commit", "the commit",
        "this file", "option", "another", "already", "still", "never mind", "nevermind",
        "any more", "so far", "the diff", "the review", "the feedback", "just do", "just fix",
        "is failing",
        "are failing", "fails with", "is broken", "doesn't work", "not working", "as discussed",
        "a more", "a better", "you did", "you just", "just saw", "i see", "i saw", "i got",
        "i just", "i think we",
      ]
    )
  ])

  /// What something is at the moment ("our build is red").
  static let conditionWords: Set<String> = [
    "broken", "failing", "slow", "flaky", "red", "green", "fine", "good", "bad", "wrong", "ok",
    "done", "ready", "down", "up", "clean", "dirty", "missing", "outdated", "stale", "empty",
    "stuck",
    "confusing", "weird", "complete", "finished", "better", "different", "unclear", "messy", "off",
  ]

  /// What developers do, as the condition of a rule ("before committing").
  static let activities: Set<String> = [
    "committing", "pushing", "merging", "rebasing", "releasing", "deploying", "writing", "adding",
    "creating", "changing", "editing", "opening", "testing", "reviewing", "finishing", "submitting",
    "publishing", "considering", "coding", "refactoring", "modifying", "updating", "touching",
    "making", "implementing", "fixing", "debugging", "developing", "working", "addressing",
    "responding", "bumping", "upgrading", "removing", "renaming", "generating", "naming",
    "documenting", "claiming", "declaring", "starting", "completing", "asking", "suggesting",
  ]

  /// Verbs by which a rule over all of a kind is kept ("write tests for every new function").
  static let practiceVerbs: Set<String> = [
    "use", "write", "document", "test", "cover", "name", "follow", "respond", "reply", "reference",
    "prefix", "sign", "squash", "format", "lint", "ask", "tag", "label", "run", "update", "verify",
    "quote", "cite", "amend", "comment", "review", "keep", "add", "include", "attach", "link",
    "make",
  ]

  /// Looking into something is one task, whatever its condition.
  static let inspectionVerbs: Set<String> = [
    "confirm", "check", "verify", "see", "look", "tell", "explain", "describe", "test", "show",
  ]

  /// What a program does on a screen.
  static let displayVerbs: Set<String> = ["show", "print", "display", "render", "fill", "return"]

  /// After "this": names the project as a whole, which a rule may point at.
  static let standingPlaces: Set<String> = [
    "repo", "repository", "project", "codebase", "workspace",
  ]

  /// Objects that say nothing alone.
  static let vagueObjects: Set<String> = [
    "it", "that", "this", "them", "these", "those", "anything", "something", "everything", "one",
    "ones", "to", "so", "more", "either", "?", "yet", "too", "b",
  ]

  /// Deeds of the moment: forbidding or asking them concerns one step unless a cue says more.
  static let momentVerbs: Set<String> = [
    "run", "commit", "push", "fix", "change", "implement", "touch", "add", "do", "start", "write",
    "delete", "stash", "stop", "forget", "be", "worry", "make", "try", "get", "go", "edit", "look",
    "create", "remove", "update", "move", "revert", "merge", "wait", "think", "need", "include",
    "show", "print", "set", "let", "call", "open", "close", "tell", "give", "want", "know", "see",
  ]

  /// Verbs of editing: "rename X to Y instead of Z" edits once.
  static let editVerbs: Set<String> = [
    "change", "rename", "replace", "update", "fix", "add", "remove", "move", "revert", "show",
    "print", "display", "make", "create", "write", "implement", "refactor", "return", "delete",
    "convert", "commit", "switch", "call", "go", "drop", "list", "group", "order", "run", "fix",
    "test", "check", "look", "review", "push", "merge", "start", "set", "try", "read", "find",
    "get",
    "log", "give", "tell", "explain", "describe", "summarize", "count", "capture", "attach",
    "split", "put", "do", "let", "create", "open", "pass",
    "say",
  ]

  static let refutations = PhraseTable<Bool>(groups: [
    (
      true,
      [
        "that's wrong", "that is wrong", "this is wrong", "that's not right", "that is not right",
        "that's not correct", "that is not correct", "that's incorrect", "that is incorrect",
        "that's not true", "that is not true", "not true", "you are wrong", "you're wrong",
        "you are not correct", "you're not correct", "you are mistaken", "you're mistaken",
        "this is not correct", "this is incorrect", "is not correct", "isn't correct",
        "is incorrect",
        "that's not how", "that isn't right", "that isn't true", "not quite right", "incorrect",
        "i disagree", "you misunderstood", "you got that wrong", "that's a wrong",
        "wrong assumption",
      ]
    )
  ])
}

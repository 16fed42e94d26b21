/// Closed word classes of English. Everything that rules know about single words is data in this
/// file, so that a reader can judge it without reading code.
enum Lexicon {
  /// Contractions written without their apostrophe.
  static let contractions: [String: String] = [
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't", "wont": "won't",
    "shouldnt": "shouldn't", "couldnt": "couldn't", "wouldnt": "wouldn't", "isnt": "isn't",
    "arent": "aren't", "wasnt": "wasn't", "havent": "haven't", "hasnt": "hasn't",
    "mustnt": "mustn't", "werent": "weren't", "hadnt": "hadn't", "neednt": "needn't",
    "im": "i'm", "youve": "you've", "weve": "we've", "theyre": "they're", "whats": "what's",
    "theres": "there's", "ive": "i've", "thats": "that's", "youre": "you're",
    "alwyas": "always", "alway": "always", "allways": "always",
  ]

  /// Names of products and languages with a capital inside: proper nouns, no identifiers.
  static let properNames: Set<String> = [
    "github", "gitlab", "javascript", "typescript", "macos", "ios", "ipados", "postgresql",
    "mysql", "mongodb", "graphql", "openai", "chatgpt", "deepseek", "posthog", "youtube",
    "linkedin", "wordpress", "jetbrains", "intellij", "vscode", "webassembly", "websocket",
    "websockets", "devops", "nodejs", "nextjs", "opencode", "paypal", "iphone", "ipad", "latex",
    "openssl", "oauth", "dynamodb", "sqlite", "numpy", "pytorch", "tensorflow", "powershell",
    "cocoapods", "circleci", "goreleaser", "bitbucket", "webhook", "javadoc", "openapi",
  ]

  /// Carry no content of their own; left out of statement keys.
  static let stopWords: Set<String> = [
    "a", "an", "the", "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did",
    "to", "of", "in", "on", "at", "by", "for", "with", "from", "into", "as", "and", "or", "that",
    "which", "it", "its", "they", "them", "their", "there", "then", "so", "also", "just", "please",
    "will", "would", "should", "must", "shall", "can", "could", "may", "might", "have", "has",
    "had", "we", "our", "us", "you", "your", "i", "my", "me", "this", "these", "those", "make",
    "sure", "ensure", "always", "really", "very", "only", "project", "if", "when",
  ]

  /// Turn a clause into its opposite; left out of statement keys and kept as polarity.
  static let negators: Set<String> = [
    "not", "never", "no", "cannot", "without", "don't", "doesn't", "didn't", "can't", "won't",
    "shouldn't", "mustn't", "isn't", "aren't", "wasn't", "weren't", "wouldn't", "couldn't",
    "hasn't", "haven't", "avoid", "neither", "nor", "nothing", "none",
  ]

  /// Verbs in base form: what can start an imperative. Nouns that are verbs too are in it only
  /// where developers use them so.
  static let verbs: Set<String> = [
    "amend", "annotate", "answer", "apologize", "autoformat", "batch", "benchmark", "bootstrap",
    "cast", "cherry-pick", "comment", "communicate", "design", "deviate", "double-check", "draft",
    "exceed", "hard-code", "instrument", "introduce", "invent", "guess", "localize", "memoize",
    "migrate", "mix", "modify", "monitor", "mutate", "nest", "organize", "paginate", "plan",
    "present", "profile", "propose", "provision", "quote", "recreate", "regenerate", "repeat",
    "rerun", "rotate", "scaffold", "scan", "seed", "shadow", "speak", "structure", "suggest",
    "think", "typecheck", "watch", "depend", "cite", "initialize", "model",
    "add", "address", "adhere", "align", "allow", "apply", "append", "ask", "assert", "assume",
    "attach", "avoid", "base", "be", "begin", "bind", "break", "build", "bump", "cache", "call",
    "capture", "change", "check", "choose", "clean", "clear", "clone", "close", "collect",
    "combine",
    "commit", "compare", "compile", "compute", "configure", "confirm", "consult", "convert", "copy",
    "cover", "create", "debug", "declare", "default", "define", "delegate", "delete", "deploy",
    "describe", "detect", "disable", "display", "document", "download", "drop", "duplicate", "edit",
    "embed", "emit", "enable", "encode", "end", "enforce", "ensure", "escape", "exclude", "execute",
    "exit", "expect", "explain", "export", "expose", "extend", "extract", "fail", "fetch", "fill",
    "filter", "find", "finish", "fix", "flag", "follow", "force", "format", "generate", "get",
    "give", "go", "group", "guard", "handle", "hardcode", "hide", "hold", "ignore", "implement",
    "import", "include", "indent", "inject", "inline", "insert", "install", "invoke", "isolate",
    "keep", "leave", "let", "limit", "link", "lint", "list", "load", "lock", "log", "look", "lower",
    "maintain", "make", "manage", "mark", "match", "mention", "merge", "minimize", "mock", "move",
    "name", "normalize", "notify", "omit", "open", "order", "override", "overwrite", "parse",
    "pass", "persist", "pick", "pin", "place", "port", "prefer", "prefix", "prepare", "preserve",
    "prevent", "print", "process", "propagate", "protect", "provide", "publish", "pull", "push",
    "put", "raise", "read", "rebase", "rebuild", "record", "refactor", "refer", "reference",
    "refresh", "register", "reject", "release", "rely", "reload", "remember", "remove", "rename",
    "render", "replace", "reply", "report", "reproduce", "request", "require", "reset", "resolve",
    "respect", "respond", "restart", "restore", "restrict", "retry", "return", "reuse", "revert",
    "review", "rewrite", "round", "route", "run", "sanitize", "save", "scope", "send", "separate",
    "serialize", "set", "share", "show", "sign", "skip", "sort", "specify", "split", "squash",
    "stage", "start", "stash", "stick", "stop", "store", "strip", "stub", "submit", "summarize",
    "support", "swallow", "switch", "sync", "tag", "take", "target", "tell", "terminate", "test",
    "throw", "touch", "track", "translate", "treat", "trigger", "trim", "truncate", "trust", "try",
    "type", "update", "upgrade", "upload", "use", "validate", "verify", "version", "wait", "warn",
    "wrap", "write",
  ]

  /// More verbs that say what a thing does or is; no one commands them.
  private static let statementVerbs: Set<String> = [
    "accept", "act", "belong", "bypass", "calculate", "cause", "consist", "consume", "contain",
    "contribute", "control", "coordinate", "decide", "decode", "depend", "derive", "deserialize",
    "appear", "determine", "differ", "encapsulate", "evaluate", "exist", "expand", "finalize",
    "fire",
    "forward", "handle", "have", "house", "index", "inherit", "initialize", "inspect", "instruct",
    "integrate", "intercept", "iterate", "lack", "live", "map", "mean", "modify", "mutate", "need",
    "orchestrate", "own", "parameterize", "perform", "poll", "populate", "prepend", "produce",
    "query", "recover", "redact", "represent", "reside", "rotate", "scan", "schedule", "select",
    "serve", "shell", "simulate", "spawn", "stay", "stem", "stream", "subscribe", "substitute",
    "transform", "traverse", "unmarshal", "unwrap", "walk", "watch", "work", "marshal", "panic",
    "crash", "hang", "delegate", "expire", "default", "expect", "receive", "reach", "point",
    "condense", "compress", "enumerate", "aggregate", "dispatch", "emulate", "enqueue", "hash",
    "authenticate", "authorize", "persist", "publish", "listen", "connect", "invalidate",
  ]

  /// Verbs in the third person of the present, made from the lists above.
  static let presentVerbs: Set<String> = Set(
    verbs.union(statementVerbs).map(thirdPerson)
  ).subtracting(["is", "names", "bes"])

  /// Base forms of everything that `presentVerbs` holds.
  static let baseVerbs: Set<String> = verbs.union(statementVerbs)

  /// `committing` → `commit`, `writing` → `write`.
  static let baseByGerund: [String: String] = {
    var bases: [String: String] = ["considering": "consider", "doing": "do", "making": "make"]
    for verb in verbs where verb.count > 2 {
      let last = verb.last ?? " "
      bases[verb + "ing"] = verb
      if last == "e" { bases[verb.dropLast() + "ing"] = verb }
      if !"aeiouwxy".contains(last) { bases[verb + String(last) + "ing"] = verb }
    }
    return bases
  }()

  /// `fix` → `fixes`, `copy` → `copies`, `have` → `has`.
  static func thirdPerson(_ verb: String) -> String {
    if verb == "have" { return "has" }
    if ["s", "x", "z", "o"].contains(verb.suffix(1)) || verb.hasSuffix("ch") || verb.hasSuffix("sh")
    {
      return verb + "es"
    }
    let beforeLast = verb.dropLast().last
    if verb.hasSuffix("y"), let beforeLast, !"aeiou".contains(beforeLast) {
      return verb.dropLast() + "ies"
    }
    return verb + "s"
  }

  /// Participles that say where or how a thing always is (`X is stored in Y`); others report what
  /// was just done (`X is fixed`).
  static let stativeParticiples: Set<String> = [
    "based", "built", "cached", "called", "compiled", "computed", "configured", "controlled",
    "created", "defined", "deleted", "deployed", "derived", "determined", "disabled", "embedded",
    "enabled", "encoded", "enforced", "executed", "exported", "filtered", "generated", "handled",
    "ignored", "implemented", "imported", "injected", "invoked", "isolated", "keyed", "kept",
    "limited", "linked", "loaded", "located", "managed", "mapped", "meant", "named",
    "organized", "owned", "parsed", "passed", "persisted", "populated", "prefixed", "provided",
    "published", "read", "registered", "released", "rendered", "required", "reserved", "resolved",
    "run", "saved", "scoped", "sent", "served", "set", "shared", "skipped", "sorted", "spawned",
    "stored", "supported", "tracked", "triggered", "used", "validated", "wrapped", "written",
  ]

  /// Determiners and quantifiers, which open a noun phrase.
  static let determiners: Set<String> = [
    "a", "an", "the", "each", "every", "all", "any", "both", "some", "no", "its", "their", "most",
  ]

  /// Words after which a new clause depends on the one before.
  static let subordinators: Set<String> = [
    "because", "since", "as", "if", "when", "whenever", "unless", "until", "so", "otherwise",
    "while", "which", "that", "where", "before", "after", "though", "although", "but", "and", "or",
    "once", "to", "for", "than", "even",
  ]

  /// Pronouns for the persons of the conversation.
  static let firstPerson: Set<String> = [
    "i", "i'm", "i'd", "i'll", "i've", "me", "my", "mine", "myself",
  ]
  /// The speaker's group.
  static let plural: Set<String> = [
    "we", "we're", "we've", "we'll", "we'd", "us", "our", "ours", "ourselves", "let's",
  ]
  /// The listener.
  static let secondPerson: Set<String> = [
    "you", "you're", "you've", "you'll", "you'd", "your", "yours", "yourself",
  ]

  /// Words that lean on the moment or the page: nothing with them stands alone.
  static let deictics: Set<String> = [
    "this", "these", "those", "here", "now", "currently", "today", "yesterday", "tomorrow",
    "tonight", "above", "below", "earlier", "previously", "latter", "former", "aforementioned",
    "recently", "already", "again", "yet", "still", "following", "later", "soon", "ago", "anymore",
  ]
}

/// What is known about programs that developers run, by name.
enum ProgramTable {
  /// What the program can do; the longest verbs first.
  static func rules(of program: String) -> [ProgramRule] { rulesByProgram[program] ?? [] }

  /// How the program runs tasks; `nil` when it runs none.
  static func runner(_ program: String) -> TaskRunnerRule? { TaskRunnerTable.runners[program] }

  /// Whether the program works on a project as a whole (not `cat`, `ls`, `git`).
  static func isProjectTool(_ program: String) -> Bool {
    rulesByProgram[program] != nil || TaskRunnerTable.runners[program] != nil
  }

  private static let rulesByProgram: [String: [ProgramRule]] = {
    var table: [String: [ProgramRule]] = [:]
    for (names, rules) in CompiledPrograms.all + ScriptPrograms.all + GeneralPrograms.all {
      for name in names { table[name, default: []] += rules }
    }
    return table.mapValues { rules in rules.sorted { $0.verb.count > $1.verb.count } }
  }()
}

import Foundation
import Yams

/// What the files in `pipelines/` make a scheduler run.
enum ScheduleFiles {
  static let repository = GoldenTests.folder.deletingLastPathComponent()
    .deletingLastPathComponent()
  static let folder = repository.appending(path: "pipelines")

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// The shell of each step of a GitHub workflow, without the step that builds kairos.
  static func gitHubSteps(_ text: String) throws -> [(name: String, shell: String)] {
    guard let root = try Yams.load(yaml: text) as? [String: Any],
      let jobs = root["jobs"] as? [String: Any]
    else { throw ScheduleProblem("the workflow has no jobs") }
    return jobs.sorted { $0.key < $1.key }.flatMap { _, job in
      let steps = (job as? [String: Any])?["steps"] as? [[String: Any]] ?? []
      return steps.compactMap { step in
        (step["run"] as? String).map { (step["name"] as? String ?? "", $0) }
      }
    }
  }

  /// The script lines of each job of a GitLab file, and what runs before them.
  static func gitLabJobs(_ text: String) throws -> [(name: String, shell: [String])] {
    guard let root = try Yams.load(yaml: text) as? [String: Any] else {
      throw ScheduleProblem("the file is no mapping")
    }
    return root.sorted { $0.key < $1.key }.flatMap { name, job in
      ["before_script", "script"].compactMap { part in
        ((job as? [String: Any])?[part] as? [String]).map { ("\(name) \(part)", $0) }
      }
    }
  }

  /// The command lines of a crontab, without their five fields of time.
  static func cronCommands(_ text: String) -> [String] {
    text.split(separator: "\n").filter { $0.first?.isNumber == true || $0.first == "*" }.map {
      $0.split(separator: " ", maxSplits: 5).last.map(String.init) ?? ""
    }
  }

  /// The values of a key in a unit of systemd.
  static func unitValues(_ key: String, _ text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix(key + "=") }.map {
      String($0.dropFirst(key.count + 1))
    }
  }

  /// Prints the arguments of a property list as JSON.
  static let plistReader = """
    import json, plistlib, sys
    print(json.dumps(plistlib.load(open(sys.argv[1], 'rb'))['ProgramArguments']))
    """

  /// Stands in for Airflow: records what a DAG hands to its operators, and the order of tasks.
  static let airflowRecorder = """
    import json, runpy, sys, types
    tasks, order = [], []
    class DAG:
        def __init__(self, **options): assert options['dag_id'] and options['start_date']
        def __enter__(self): return self
        def __exit__(self, *error): return False
    class BashOperator:
        def __init__(self, task_id, bash_command, env, append_env, skip_on_exit_code):
            assert append_env and skip_on_exit_code == 75
            self.task_id = task_id
            tasks.append({'id': task_id, 'shell': bash_command, 'variables': sorted(env)})
        def __rshift__(self, other):
            order.append([self.task_id, other.task_id])
            return other
    def module(name, **members):
        made = types.ModuleType(name)
        made.__dict__.update(members)
        sys.modules[name] = made
    for name in ['airflow', 'airflow.providers', 'airflow.providers.standard',
                 'airflow.providers.standard.operators']:
        module(name)
    module('airflow.sdk', DAG=DAG)
    module('airflow.providers.standard.operators.bash', BashOperator=BashOperator)
    runpy.run_path(sys.argv[1])
    print(json.dumps({'tasks': tasks, 'order': order}))
    """
}

/// Why a file cannot be tested.
struct ScheduleProblem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Programs of this machine that a test can do without.
enum Tool {
  /// Where a program is on the PATH of this test run; `nil` when it is not.
  static func path(_ name: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  static func isInstalled(_ name: String) -> Bool { path(name) != nil }
}

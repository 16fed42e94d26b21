import KairosArchive
import KairosModel
import KairosSources
import KairosStore

// What errors of the modules below mean for a command: their exit code. Their own sentences already
// say what to do next, so there is no second hint.

extension SourceError: Failure {
  public var status: ExitStatus {
    switch kind {
    case .inputNotFound: .inputMissing
    case .inputOutput, .unavailable: .inputOutput
    }
  }
  public var sentence: String { description }
  public var hint: String? { nil }
}

extension StoreError: Failure {
  public var status: ExitStatus {
    switch self {
    case .missing: .inputMissing
    case .newerSchema, .foreign: .configuration
    case .corrupt, .unreadableRecord, .io, .database: .inputOutput
    case .busy: .locked
    case .full, .notWritable: .cannotWrite
    }
  }
  public var sentence: String { description }
  public var hint: String? { nil }
}

extension ArchiveError: Failure {
  public var status: ExitStatus {
    switch self {
    case .missing: .inputMissing
    case .notReadable, .damaged, .unsafeMember, .tooLarge, .compression: .inputOutput
    case .notWritable, .full, .exists: .cannotWrite
    }
  }
  public var sentence: String { description }
  public var hint: String? { nil }
}

extension ForeignDatabaseError: Failure {
  public var status: ExitStatus {
    switch self {
    case .unreadable, .restless, .damaged: .inputOutput
    case .noRoom: .cannotWrite
    }
  }
  public var sentence: String { description }
  public var hint: String? { nil }
}

import KairosModel
import KairosRedaction

/// Ids that other programs chose, as far as they may be kept: one that holds a secret is replaced
/// by a digest, so that equal ids stay equal and nothing can be read from them.
enum SafeIdentifier {
  private static let redactor = Redactor(key: "")

  /// The id, or what stands for it.
  static func of(_ id: String) -> String {
    redactor.secrets(in: id).isEmpty ? id : ContentID.make("n", id)
  }
}

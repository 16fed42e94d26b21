import Foundation
import KairosJSON
import KairosModel
import KairosRedaction

/// The redactor as a program of its own, so that scripts can measure it beside other scanners.
///
/// `secret-bench` reads JSON strings, one a line, and prints each redacted, the same way;
/// `secret-bench count` reads a text and prints how many secrets it has.
@main
struct SecretBench {
  static func main() throws {
    let redactor = Redactor(key: "dir:bench")
    let input = FileHandle.standardInput.readDataToEndOfFile()
    if CommandLine.arguments.dropFirst().first == "count" {
      print(redactor.secrets(in: String(decoding: input, as: UTF8.self)).count)
      return
    }
    for line in input.split(separator: 0x0a) {
      let text = try JSONDocument.parse(Array(line)).root.string ?? ""
      var json = CanonicalJSON()
      json.value(redactor.redact(text))
      print(json.text)
    }
  }
}

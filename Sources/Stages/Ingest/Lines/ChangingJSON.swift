import KairosJSON
import KairosModel

/// A document that a log of changes builds up. What no change has entered stays text, so a long
/// document costs little.
enum ChangingJSON {
  case text([UInt8])
  case object([(key: String, value: ChangingJSON)])
  case array([ChangingJSON])

  /// One step of the way to a place in the document.
  enum Step {
    case key(String)
    case index(Int)

    init?(_ value: JSONValue) {
      if let key = value.string {
        self = .key(key)
      } else if let index = value.int, index >= 0, index < 1 << 20 {
        self = .index(Int(index))
      } else {
        return nil
      }
    }
  }

  init(_ value: JSONValue) { self = .text(Array(value.rawBytes)) }

  /// The elements of an array; none of anything else.
  var elements: [ChangingJSON] {
    if case .array(let elements) = opened { return elements }
    return []
  }

  subscript(_ key: String) -> ChangingJSON? {
    guard case .object(let members) = opened else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The value as it is now.
  var value: JSONValue? {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return (try? JSONDocument.parse(bytes))?.root
  }

  /// Changes the value at the end of `path`; a way that does not exist changes nothing, except that
  /// an object gets the member and an array the next element.
  mutating func change(_ path: ArraySlice<Step>, _ body: (inout ChangingJSON) -> Void) {
    guard let step = path.first else { return body(&self) }
    self = opened
    switch (step, self) {
    case (.key(let key), .object(var members)):
      let at = members.lastIndex { $0.key == key } ?? members.count
      if at == members.count { members.append((key, .text(Array("null".utf8)))) }
      members[at].value.change(path.dropFirst(), body)
      self = .object(members)
    case (.index(let index), .array(var elements)) where index <= elements.count:
      if index == elements.count { elements.append(.text(Array("null".utf8))) }
      elements[index].change(path.dropFirst(), body)
      self = .array(elements)
    default: return
    }
  }

  /// Lets what follows `index` go and puts `values` at the end.
  mutating func push(_ values: [ChangingJSON], from index: Int?) {
    var elements = self.elements
    if let index, index >= 0, index < elements.count { elements.removeSubrange(index...) }
    self = .array(elements + values)
  }

  /// The value with its members or elements apart.
  private var opened: ChangingJSON {
    guard case .text(let bytes) = self, let root = (try? JSONDocument.parse(bytes))?.root else {
      return self
    }
    if root.isObject { return .object(root.members.map { ($0.key, ChangingJSON($0.value)) }) }
    if root.isArray { return .array(root.elements.map { ChangingJSON($0) }) }
    return self
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .text(let text): bytes += text
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        var key = CanonicalJSON()
        key.value(member.key)
        bytes += Array(key.text.utf8)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    }
  }
}

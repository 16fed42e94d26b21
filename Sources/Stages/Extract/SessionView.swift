import KairosModel

/// The events of one session with the joins that rules need.
public struct SessionView: Sendable {
  public let events: [Event]
  /// Index of the result of a tool call, by call id.
  private let resultByCall: [String: Int]

  public init(events: [Event]) {
    self.events = events
    var results: [String: Int] = [:]
    for (index, event) in events.enumerated() {
      if case .toolResult(let result) = event.body, results[result.call] == nil {
        results[result.call] = index
      }
    }
    resultByCall = results
  }

  /// What came back from a call, and the event that brought it; `nil` when nothing did.
  public func result(of call: ToolCall) -> (event: Event, result: ToolResult)? {
    guard let index = resultByCall[call.call], case .toolResult(let result) = events[index].body
    else { return nil }
    return (events[index], result)
  }
}

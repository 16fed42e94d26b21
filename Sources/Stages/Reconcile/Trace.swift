import KairosModel

/// Collects the addends of one claim's log-odds. What is listed adds up to the total exactly, also
/// when only the strongest are listed one by one.
struct Trace {
  private var rows: [(id: String, amount: Int64, note: String)] = []
  private(set) var total: Int64 = 0
  private var named: [Weight] = []

  /// An observation's addend, with the reason of its discount.
  mutating func add(_ observation: String, _ amount: Int64, note: String) {
    rows.append((observation, amount, note))
    total += amount
  }

  /// An addend that no single observation makes; left out when it is zero.
  mutating func add(named reason: String, _ amount: Int64) {
    guard amount != 0 else { return }
    named.append(Weight(observation: "", weightQ16: amount, discount: reason))
    total += amount
  }

  /// At most `limit` observations, strongest first; the rest as one sum; then the named addends.
  func weights(limit: Int) -> [Weight] {
    let sorted = rows.sorted {
      abs($0.amount) == abs($1.amount) ? $0.id < $1.id : abs($0.amount) > abs($1.amount)
    }
    var weights = sorted.prefix(limit).map {
      Weight(observation: $0.id, weightQ16: $0.amount, discount: $0.note)
    }
    let rest = sorted.dropFirst(limit)
    if !rest.isEmpty {
      weights.append(
        Weight(
          observation: "", weightQ16: rest.reduce(0) { $0 + $1.amount },
          discount: "\(rest.count) weaker observations together"))
    }
    return weights + named
  }
}

/// The nodes of whole numbers that lie close together.
struct DenseIdentifiers: Sendable {
  /// The least number that a node has.
  private let least: Int64
  /// How many numbers from there on are looked up.
  private let count: Int
  private let nodes: Nodes

  private enum Nodes {
    /// The least number is this node's, the next the next node's and so on.
    case ascending(from: UInt32)
    /// By number; `NodeID.noneRawValue` where there is none.
    case listed(FlatArray<UInt32>)
  }

  /// Ids that are as dense and in the same order as the nodes: nothing needs to be kept of them.
  init(least: Int64, count: Int, firstNode: UInt32) {
    (self.least, self.count, nodes) = (least, count, .ascending(from: firstNode))
  }

  /// - Parameter nodes: the node of each number from the least on; `NodeID.noneRawValue` where there is none.
  init(least: Int64, nodes: FlatArray<UInt32>) {
    (self.least, count, self.nodes) = (least, nodes.count, .listed(nodes))
  }

  /// The node that has an id; `nil` if none has.
  @inline(__always)
  func node(_ number: Int64) -> UInt32? {
    guard let place = place(number) else { return nil }
    switch nodes {
    case .ascending(let first): return first &+ UInt32(truncatingIfNeeded: place)
    case .listed(let nodes): return nodes.start[place] == NodeID.noneRawValue ? nil : nodes.start[place]
    }
  }

  /// Finds the nodes of numbers, up to the first that no node has; returns how many.
  @inline(__always)
  func nodes(of numbers: [Int64], _ found: (_ index: Int, _ node: UInt32) -> Void) -> Int {
    switch nodes {
    case .ascending(let first):
      for (index, number) in numbers.enumerated() {
        guard let place = place(number) else { return index }
        found(index, first &+ UInt32(truncatingIfNeeded: place))
      }
    case .listed(let nodes):
      for (index, number) in numbers.enumerated() {
        guard let place = place(number), nodes.start[place] != NodeID.noneRawValue else { return index }
        found(index, nodes.start[place])
      }
    }
    return numbers.count
  }

  @inline(__always)
  private func place(_ number: Int64) -> Int? {
    // Below the least the difference wraps around to a number that is far too large, or the other way round to one that
    // lies in the range only if it does so without wrapping.
    let place = UInt64(bitPattern: number &- least)
    guard place < UInt64(count), number >= least else { return nil }
    return Int(truncatingIfNeeded: place)
  }
}

/// How far it is from nodes to the end of the trails that are looked for, found by going back from that end.
///
/// Trails between two known nodes need not go where they cannot get to the end any more. Going back takes no more steps
/// than going forward has taken, give or take a factor, so that it never costs much; what was not reached by then may
/// still lead there.
final class WayBack {
  private let backward: Neighbourhood
  private let farthest: Int
  /// The number of steps to the end, by node.
  private var distances: [UInt32: Int]
  /// The nodes found last, all of them equally far away, and how far.
  private var frontier: [UInt32]
  private var depth = 0
  private var stepsTaken = 0

  /// The memory it takes.
  var byteCount: Int { distances.capacity * 2 * MemoryLayout<(UInt32, Int)>.stride + frontier.capacity * 4 }

  /// Going back starts when going forward has taken so many steps.
  static let fewSteps = 64

  /// - Parameters:
  ///   - backward: the step of the trail as seen from its other end.
  ///   - farthest: how many steps back can matter.
  init(from end: UInt32, _ backward: Neighbourhood, farthest: Int) {
    self.backward = backward
    self.farthest = farthest
    distances = [end: 0]
    frontier = end == NodeID.noneRawValue ? [] : [end]
  }

  /// Goes back further if going forward has taken more steps than going back would.
  func catchUp(with stepsForward: Int, _ context: ExecutionContext) throws {
    while !frontier.isEmpty, depth < farthest {
      let steps = frontier.reduce(0) { $0 + backward.degree(of: $1) }
      guard stepsTaken + steps <= stepsForward else { return }
      try context.checkStop()
      stepsTaken += steps
      depth += 1
      var next: [UInt32] = []
      for node in frontier {
        backward.forEachNode(at: node) { neighbour in
          if distances[neighbour] == nil {
            distances[neighbour] = depth
            next.append(neighbour)
          }
        }
      }
      frontier = next
    }
  }

  /// Whether the end may be so many steps away from a node, or fewer. False is certain.
  @inline(__always)
  func mayReachEnd(from node: UInt32, within steps: Int) -> Bool {
    if let distance = distances[node] { return distance <= steps }
    return !frontier.isEmpty && depth < steps
  }
}

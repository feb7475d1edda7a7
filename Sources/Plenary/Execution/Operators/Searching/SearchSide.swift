/// Everything that one side of a search from both ends has met, level by level.
///
/// The memory is its own, so that a level is written without asking anyone for room.
final class SearchSide {
  /// A node, and the place among the met nodes of the one it was reached from; -1 for the first.
  struct Met {
    var node: UInt32
    var parent: Int32
  }

  let neighbours: Neighbourhood
  private let seen: NodeSet
  private var met: UnsafeMutablePointer<Met>
  private(set) var count = 0
  private var capacity = 256
  /// Where each level starts among the met nodes.
  private(set) var levels: [Int] = []

  init(_ neighbours: Neighbourhood) {
    self.neighbours = neighbours
    seen = NodeSetPool.take(capacity: neighbours.graph.nodeCapacity)
    met = .allocate(capacity: capacity)
  }

  deinit {
    forget()
    NodeSetPool.giveBack(seen)
    met.deallocate()
  }

  var byteCount: Int { seen.byteCount + capacity * MemoryLayout<Met>.stride }

  /// The nodes of the last level, by their places.
  var frontier: Range<Int> { levels[levels.count - 1]..<count }

  subscript(_ place: Int) -> Met { met[place] }

  func contains(_ node: UInt32) -> Bool { seen.contains(node) }

  /// Forgets what it met, and starts at a node.
  func start(at node: UInt32) {
    forget()
    levels = [0]
    met[0] = Met(node: node, parent: -1)
    count = 1
    _ = seen.insert(node)
  }

  private func forget() { seen.removeAll(UnsafeBufferPointer(start: met, count: count).lazy.map(\.node)) }

  /// Goes on from the last level and gives the nodes of the new one that another side has met, or the first of them.
  ///
  /// - Parameter accepts: whether a relationship may be used.
  /// - Parameter check: called once in a while, to stop the search.
  func grow(
    towards other: SearchSide, all findsAll: Bool, accepts: ((UInt32) throws -> Bool)?, check: () throws -> Void
  ) throws -> [UInt32] {
    let (neighbours, frontier) = (neighbours, frontier)
    levels.append(count)
    reserveForNextLevel(frontier)
    let (seen, others, met) = (seen, other.seen, met)
    var count = count
    defer { self.count = count }
    var meetings: [UInt32] = []
    for place in frontier {
      if place & 1023 == 0 { try check() }
      let isDone =
        if let accepts {
          try neighbours.contains(at: met[place].node) { neighbour, relationship in
            guard !seen.contains(neighbour), try accepts(relationship) else { return false }
            _ = seen.insert(neighbour)
            met[count] = Met(node: neighbour, parent: Int32(truncatingIfNeeded: place))
            count &+= 1
            guard others.contains(neighbour) else { return false }
            meetings.append(neighbour)
            return !findsAll
          }
        } else {
          neighbours.contains(at: met[place].node) { neighbour, _ in
            // Written in any case and counted when new: the processor cannot guess which are.
            met[count] = Met(node: neighbour, parent: Int32(truncatingIfNeeded: place))
            let new = seen.insertCounting(neighbour)
            count &+= new
            guard new & others.counting(neighbour) > 0 else { return false }
            meetings.append(neighbour)
            return !findsAll
          }
        }
      if isDone { break }
    }
    return meetings
  }

  /// Makes room for what the next level can have: no more than there are steps to take, or nodes. One more is written
  /// but not counted.
  private func reserveForNextLevel(_ frontier: Range<Int>) {
    var steps = 0
    for place in frontier { steps &+= neighbours.degreeOrMore(of: met[place].node) }
    let wanted = count + min(steps, neighbours.graph.nodeCapacity) + 1
    guard wanted > capacity else { return }
    capacity = max(wanted, 2 * capacity)
    let larger = UnsafeMutablePointer<Met>.allocate(capacity: capacity)
    larger.initialize(from: met, count: count)
    met.deallocate()
    met = larger
  }
}

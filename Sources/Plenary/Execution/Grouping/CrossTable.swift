/// How many matches there are of each combination of keys, of all rows or of those that one worker comes by.
final class CrossTable: GroupingSink {
  private let root: Int
  private let middle: EndKeys?
  private let near: Side
  private let far: Side
  private let shared: SharedRelationships
  /// Whether one of these can be taken by both steps if it can by one.
  private let haveSameRelationships: Bool
  private let context: ExecutionContext
  private let memory: MemoryAccount
  /// For each combination of the middle's keys a table: row by row for the keys of the near end, of which the first row and
  /// the first column are of nodes that do not count.
  private let cells: FlatArray<Int64>
  private let width: Int
  private let tableSize: Int
  private var looked = 0

  /// What leads to one end, and how often each key was met there.
  private struct Side {
    let keys: EndKeys
    /// `nil` where the end is the node of the row.
    let neighbourhood: Neighbourhood?
    /// All zero between rows.
    let counts: FlatArray<UInt32>
    /// The keys that were met, in the first places.
    let met: FlatArray<UInt32>

    init(_ end: CrossTabulation.End, _ keys: EndKeys, _ graph: Graph) {
      self.keys = keys
      neighbourhood = end.step.map { Neighbourhood(of: $0, in: graph) }
      counts = FlatArray(repeating: 0, count: keys.count + 1)
      // One more, which is written to where nothing new is met.
      met = FlatArray(uninitializedCount: keys.count + 2)
    }
  }

  /// Where there may be relationships that both steps could take, though they must not.
  private enum SharedRelationships {
    case none, loops, all
  }

  /// How many places are written to before the statement is asked whether it should stop.
  private static let placesBetweenChecks = 1 << 20

  /// The keys of a table, of which all who fill a part of it read the same.
  struct Keys: Sendable {
    /// `nil` where nothing is asked of the node between the steps.
    let middle: EndKeys?
    let near: EndKeys
    let far: EndKeys

    var byteCount: Int { near.byteCount + far.byteCount + (middle?.byteCount ?? 0) }
  }

  init(_ table: CrossTabulation, _ keys: Keys, _ context: ExecutionContext) {
    let (near, far) = (keys.near, keys.far)
    root = table.root.index
    middle = keys.middle
    let sides = (near: Side(table.near, near, context.graph), far: Side(table.far, far, context.graph))
    (self.near, self.far) = sides
    shared = CrossTable.sharedRelationships(table, sides.near, sides.far)
    let steps = (near: table.near.step, far: table.far.step)
    haveSameRelationships =
      sides.near.neighbourhood?.types == sides.far.neighbourhood?.types
      && (shared == .loops || steps.near?.direction == steps.far?.direction)
    self.context = context
    memory = MemoryAccount(context.memory)
    width = far.count + 1
    tableSize = (near.count + 1) * width
    cells = FlatArray(repeating: 0, count: (middle?.count ?? 1) * tableSize)
  }

  private static func sharedRelationships(_ table: CrossTabulation, _ near: Side, _ far: Side) -> SharedRelationships {
    guard table.mustDiffer, let nearStep = table.near.step, let farStep = table.far.step else { return .none }
    let areOpposite =
      nearStep.direction != .either && farStep.direction != .either && nearStep.direction != farStep.direction
    guard areOpposite else { return .all }
    // What leads to a node and away from it is a loop.
    let mayHaveLoops = [near, far].allSatisfy { $0.neighbourhood?.mayHaveLoops ?? false }
    return mayHaveLoops ? .loops : .none
  }

  func add(_ batch: Batch, of morsel: Int) throws {
    try memory.hold(cells.count * 8)
    let nodes = batch[VariableID(index: root)].nodeIDs
    if near.neighbourhood == nil {
      addNeighbours(of: nodes)
    } else {
      try addPairs(around: nodes)
    }
  }

  func merge(_ parts: [CrossTable]) {
    for part in parts {
      for index in 0..<cells.count { cells.start[index] &+= part.cells.start[index] }
    }
  }

  /// The combinations that were met, as numbers of keys, with how many matches each has.
  struct Combinations {
    fileprivate(set) var middle: [Int32] = []
    fileprivate(set) var near: [Int32] = []
    fileprivate(set) var far: [Int32] = []
    fileprivate(set) var counts: [Int64] = []
  }

  var combinations: Combinations {
    var result = Combinations()
    for start in stride(from: 0, to: cells.count, by: tableSize) {
      for row in 1..<tableSize / width {
        for column in 1..<width {
          let count = cells.start[start &+ row &* width &+ column]
          guard count > 0 else { continue }
          result.middle.append(Int32(truncatingIfNeeded: start / tableSize))
          result.near.append(Int32(truncatingIfNeeded: row &- 1))
          result.far.append(Int32(truncatingIfNeeded: column &- 1))
          result.counts.append(count)
        }
      }
    }
    return result
  }

  // MARK: One step

  private func addNeighbours(of nodes: [UInt32]) {
    guard let neighbourhood = far.neighbourhood else { return }
    let (nearCodes, farCodes) = (near.keys.codes.start, far.keys.codes.start)
    let (cells, width) = (cells.start, width)
    for node in nodes {
      let row = cells + Int(nearCodes[Int(node)]) &* width
      neighbourhood.forEachNode(at: node) { row[Int(farCodes[Int($0)])] &+= 1 }
    }
  }

  // MARK: Two steps

  private func addPairs(around nodes: [UInt32]) throws {
    guard let nearSteps = near.neighbourhood, let farSteps = far.neighbourhood else { return }
    for node in nodes {
      let nearMet = count(near, nearSteps, at: node)
      guard nearMet > 0 else { continue }
      let farMet = count(far, farSteps, at: node)
      let table = cells.start + self.start(ofTableAt: node)
      addProducts(nearMet, farMet, to: table)
      for index in 0..<nearMet { near.counts.start[Int(near.met.start[index])] = 0 }
      for index in 0..<farMet { far.counts.start[Int(far.met.start[index])] = 0 }
      if shared != .none, farMet > 0 { takeBackSharedRelationships(nearSteps, farSteps, at: node, from: table) }
      looked &+= nearMet &* farMet
      if looked > CrossTable.placesBetweenChecks {
        looked = 0
        try context.checkStop()
      }
    }
  }

  private func start(ofTableAt node: UInt32) -> Int {
    // The nodes of the rows all have keys.
    middle.map { (Int($0.codes.start[Int(node)]) &- 1) &* tableSize } ?? 0
  }

  /// Counts the keys of a node's neighbours.
  ///
  /// - Returns: how many different ones were met.
  @inline(__always)
  private func count(_ side: Side, _ steps: Neighbourhood, at node: UInt32) -> Int {
    let (codes, counts, met) = (side.keys.codes.start, side.counts.start, side.met.start)
    var found = 0
    steps.forEachNode(at: node) { neighbour in
      let code = codes[Int(neighbour)]
      // Written in any case and counted when new: the processor cannot guess which are.
      met[found] = code
      found &+= counts[Int(code)] == 0 ? 1 : 0
      counts[Int(code)] &+= 1
    }
    return found
  }

  /// Whatever is before the node times whatever is after it.
  private func addProducts(_ nearMet: Int, _ farMet: Int, to table: UnsafeMutablePointer<Int64>) {
    let (nearCounts, farCounts, nearKeys, farKeys) = (
      near.counts.start, far.counts.start, near.met.start, far.met.start
    )
    for index in 0..<nearMet {
      let key = Int(nearKeys[index])
      let row = table + key &* width
      let count = Int64(nearCounts[key])
      for other in 0..<farMet {
        let column = Int(farKeys[other])
        row[column] &+= count &* Int64(farCounts[column])
      }
    }
  }

  /// Both steps lead to the same node where they take the same relationship, which is no match.
  private func takeBackSharedRelationships(
    _ nearSteps: Neighbourhood, _ farSteps: Neighbourhood, at node: UInt32, from table: UnsafeMutablePointer<Int64>
  ) {
    let onlyLoops = shared == .loops
    nearSteps.forEach(at: node) { neighbour, relationship in
      if onlyLoops, neighbour != node { return }
      guard haveSameRelationships || farSteps.leads(relationship, from: node) else { return }
      let place = Int(near.keys.codes.start[Int(neighbour)]) &* width &+ Int(far.keys.codes.start[Int(neighbour)])
      table[place] &-= 1
    }
  }
}

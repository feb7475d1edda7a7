/// The labels of every node as a number: `labels(n)` of many rows makes a list once for each combination of labels.
final class LabelSets {
  /// By node the number of its labels in `values`.
  private let numbers: [UInt32]
  private let values: CodedValues
  /// The number of null, for rows without a node.
  private let nullNumber: UInt32

  /// Numbers the combinations of labels that nodes of the graph have. O(nodes + labels of all nodes).
  init(of graph: Graph) {
    var numbers = [UInt32](repeating: 0, count: graph.nodeCapacity)
    var sets: [[Int]] = [[]]
    for (label, bitmap) in graph.state.labels.enumerated() {
      // Where a combination and this label lead; 0 while no node has both.
      var next: [UInt32] = Array(repeating: 0, count: sets.count)
      for (leaf, words) in bitmap.leafWords {
        for index in 0..<Bitmap.leafWordCount {
          var word = words[index]
          let first = (Int(leaf) * Bitmap.leafWordCount + index) << 6
          func number(after before: UInt32) -> UInt32 {
            if next[Int(before)] == 0 {
              next[Int(before)] = UInt32(sets.count)
              sets.append(sets[Int(before)] + [label])
            }
            return next[Int(before)]
          }
          // Nodes of a kind mostly lie side by side.
          if word == .max, first + 64 <= numbers.count, let before = LabelSets.onlyNumber(numbers[first..<first + 64]) {
            let number = number(after: before)
            for node in first..<first + 64 { numbers[node] = number }
            continue
          }
          while word != 0 {
            let node = first + word.trailingZeroBitCount
            word &= word &- 1
            if node < numbers.count { numbers[node] = number(after: numbers[node]) }
          }
        }
      }
    }
    self.numbers = numbers
    nullNumber = UInt32(sets.count)
    let names = sets.map { set in
      Value.list(set.map { .string(graph.labelName(LabelToken(rawValue: UInt16($0)))) })
    }
    values = CodedValues(names + [.null], areAllDifferent: true)
  }

  /// The number that all of some have; `nil` where they differ.
  private static func onlyNumber(_ numbers: ArraySlice<UInt32>) -> UInt32? {
    guard let first = numbers.first else { return nil }
    var difference: UInt32 = 0
    for number in numbers { difference |= number ^ first }
    return difference == 0 ? first : nil
  }

  /// The labels of each node; null for none.
  func labels(of nodes: [UInt32]) -> CodedVector {
    let numbers = numbers
    return CodedVector(nodes.map { Int($0) < numbers.count ? numbers[Int($0)] : nullNumber }, of: values)
  }

  /// How many nodes have each combination of labels. O(nodes / 64 x labels) where no node has two, else O(nodes).
  static func counts(of graph: Graph, checkStop: () throws -> Void) throws -> [(name: Value, count: Int)] {
    let labels = graph.state.labels.indices.map { LabelToken(rawValue: UInt16($0)) }
    let labelled = labels.reduce(0) { $0 + graph.count(of: $1) }
    if labelled == labelledNodes(of: graph) {
      return labels.map { (.list([.string(graph.labelName($0))]), graph.count(of: $0)) }
        + [(.list([]), graph.nodeCount - labelled)]
    }
    let sets = LabelSets(of: graph)
    var counts = Array(repeating: 0, count: sets.values.values.count)
    var scan = Graph.NodeScan(graph, label: nil)
    while let nodes = scan.next(2048) {
      try checkStop()
      for number in sets.labels(of: nodes).rows { counts[Int(number)] += 1 }
    }
    return zip(sets.values.values, counts).map { ($0, $1) }
  }

  /// How many nodes have a label at all.
  private static func labelledNodes(of graph: Graph) -> Int {
    var words = [UInt64](repeating: 0, count: (graph.nodeCapacity + 63) / 64 + Bitmap.leafWordCount)
    for bitmap in graph.state.labels {
      for (leaf, leafWords) in bitmap.leafWords {
        let start = Int(leaf) * Bitmap.leafWordCount
        for index in 0..<Bitmap.leafWordCount where start + index < words.count {
          words[start + index] |= leafWords[index]
        }
      }
    }
    return words.reduce(0) { $0 + $1.nonzeroBitCount }
  }
}

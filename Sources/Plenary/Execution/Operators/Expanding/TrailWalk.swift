/// The trails at a node, one after the other, depth first: walks that use no relationship twice.
struct TrailWalk {
  /// The relationships of the trail that was found last.
  private(set) var relationships: [UInt32] = []
  /// Whether the first trail, the empty one, is found.
  var isUnderway = false
  /// For each node on the trail what is still to be tried there, where one list has all neighbours.
  private var places: [(next: Int, end: Int)] = []
  /// The same for any other graph.
  private var cursors: [Neighbourhood.Cursor] = []

  /// The number of relationships of the trail that was found last.
  var count: Int { relationships.count }

  /// The memory it takes.
  var byteCount: Int {
    relationships.capacity * 4 + places.capacity * MemoryLayout<(Int, Int)>.stride
      + cursors.capacity * MemoryLayout<Neighbourhood.Cursor>.stride
  }

  /// Leaves all trails.
  mutating func removeAll() {
    isUnderway = false
    relationships.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    cursors.removeAll(keepingCapacity: true)
  }

  /// Has the trail that was found last go on from the node it ends at.
  mutating func grow(at node: UInt32, _ neighbours: Neighbourhood) {
    if let list = neighbours.onlyAddresses {
      let span = list.span(of: node)
      places.append((span.lowerBound, span.upperBound))
    } else {
      cursors.append(neighbours.cursor(at: node))
    }
  }

  /// Goes on to the next trail and gives its last node; `nil` when there is none left.
  ///
  /// - Parameter accepts: whether a trail of so many relationships may go on over a relationship to a node.
  @inline(__always)
  mutating func next(
    _ neighbours: Neighbourhood, where accepts: (_ relationship: UInt32, _ node: UInt32, _ count: Int) throws -> Bool
  ) rethrows -> UInt32? {
    guard let list = neighbours.onlyAddresses else {
      while !cursors.isEmpty {
        let last = cursors.count &- 1
        cut(to: last)
        guard let (node, relationship) = neighbours.next(&cursors[last]) else {
          cursors.removeLast()
          continue
        }
        guard !relationships.contains(relationship), try accepts(relationship, node, last) else { continue }
        relationships.append(relationship)
        return node
      }
      return nil
    }
    while !places.isEmpty {
      let last = places.count &- 1
      cut(to: last)
      let place = places[last].next
      guard place < places[last].end else {
        places.removeLast()
        continue
      }
      places[last].next = place &+ 1
      let (node, relationship) = (list.neighbours[place], list.relationship(at: place))
      guard !relationships.contains(relationship), try accepts(relationship, node, last) else { continue }
      relationships.append(relationship)
      return node
    }
    return nil
  }

  /// The trail ends where the last list starts; a longer one left behind is cut.
  @inline(__always)
  private mutating func cut(to count: Int) {
    if relationships.count > count { relationships.removeLast(relationships.count &- count) }
  }
}

/// Puts the keys of one node's neighbours in order, for one node after the other.
struct RowSorter {
  /// What puts equal keys side by side, where no more than that is needed of the keys that are asked for first.
  private let places: KeyPlaces?
  private var positions: [UInt32] = []
  private var pairs: [(equal: Double, own: Double)] = []

  /// - Parameter places: the table of this sorter alone; `nil` where all keys have to ascend.
  init(places: KeyPlaces?) { self.places = places }

  /// Sorts keys, in the order of equal keys first where there are such. O(keys · log keys); O(keys) where equal ones only
  /// have to be side by side.
  mutating func sort(
    _ keys: UnsafeMutablePointer<Double>, _ equalKeys: UnsafeMutablePointer<Double>?, _ span: Range<Int>
  ) {
    let own = UnsafeMutableBufferPointer(start: keys + span.lowerBound, count: span.count)
    guard let equalKeys else {
      guard let places else { return RowSorter.sort(own) }
      let unordered = Array(own)
      places.group(unordered, positions: &positions)
      for (key, position) in zip(unordered, positions) { own[Int(position)] = key }
      return
    }
    let equal = UnsafeMutableBufferPointer(start: equalKeys + span.lowerBound, count: span.count)
    pairs.removeAll(keepingCapacity: true)
    for index in own.indices { pairs.append((equal[index], own[index])) }
    if let places {
      places.group(Array(equal), positions: &positions)
      for (pair, position) in zip(pairs, positions) { (equal[Int(position)], own[Int(position)]) = pair }
      sortRuns(of: equal, own)
    } else {
      pairs.sort { $0.equal < $1.equal || $0.equal == $1.equal && $0.own < $1.own }
      for (index, pair) in pairs.enumerated() { (equal[index], own[index]) = pair }
    }
  }

  private func sortRuns(of equal: UnsafeMutableBufferPointer<Double>, _ own: UnsafeMutableBufferPointer<Double>) {
    var start = 0
    while start < equal.count {
      var end = start + 1
      while end < equal.count, equal[end] == equal[start] { end += 1 }
      if end - start > 1 { RowSorter.sort(UnsafeMutableBufferPointer(rebasing: own[start..<end])) }
      start = end
    }
  }

  /// Most nodes have few neighbours.
  private static func sort(_ keys: UnsafeMutableBufferPointer<Double>) {
    var keys = keys
    guard keys.count <= 24 else { return keys.sort() }
    var next = 1
    while next < keys.count {
      let key = keys[next]
      var place = next
      while place > 0, keys[place &- 1] > key {
        keys[place] = keys[place &- 1]
        place &-= 1
      }
      keys[place] = key
      next &+= 1
    }
  }
}

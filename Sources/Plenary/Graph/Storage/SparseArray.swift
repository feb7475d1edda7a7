/// A persistent array with holes: every index has a value, and those never set cost next to nothing.
///
/// The parts of a graph that change live in these. Copies share their leaves; writing to one copies the leaf of
/// 256 elements that it touches, so a small commit on a big graph stays small, and a bulk write inside one transaction
/// copies each leaf at most once and then runs at array speed. Three levels, so that the root of a hundred million
/// elements still has only six thousand entries.
///
/// Reading O(1), writing O(1) and up to one leaf copy, copying O(root).
struct SparseArray<Element: Sendable>: @unchecked Sendable {
  // Sendable because a leaf is written to only while one array alone refers to it.

  static var leafCapacity: Int { 256 }
  private static var branchCapacity: Int { 64 }

  private final class Leaf {
    let elements: UnsafeMutablePointer<Element>

    init(filledWith value: Element) {
      elements = .allocate(capacity: SparseArray.leafCapacity)
      elements.initialize(repeating: value, count: SparseArray.leafCapacity)
    }

    init(copying other: Leaf) {
      elements = .allocate(capacity: SparseArray.leafCapacity)
      elements.initialize(from: other.elements, count: SparseArray.leafCapacity)
    }

    deinit {
      elements.deinitialize(count: SparseArray.leafCapacity)
      elements.deallocate()
    }
  }

  private final class Branch {
    let leaves: UnsafeMutablePointer<Leaf?>

    init() {
      leaves = .allocate(capacity: SparseArray.branchCapacity)
      leaves.initialize(repeating: nil, count: SparseArray.branchCapacity)
    }

    init(copying other: Branch) {
      leaves = .allocate(capacity: SparseArray.branchCapacity)
      leaves.initialize(from: other.leaves, count: SparseArray.branchCapacity)
    }

    deinit {
      leaves.deinitialize(count: SparseArray.branchCapacity)
      leaves.deallocate()
    }
  }

  private var branches: [Branch?] = []
  /// What every index holds until it is set.
  let fill: Element

  init(fill: Element) { self.fill = fill }

  /// Whether nothing was ever set.
  var isEmpty: Bool { branches.isEmpty }

  /// No index at or above this was ever set.
  var endIndex: Int { branches.count << 14 }

  /// The element at an index; `fill` if it was never set.
  subscript(index: Int) -> Element {
    @inline(__always)
    get {
      guard let elements = leaf(containing: index) else { return fill }
      return elements[index & 255]
    }
    @inline(__always)
    set {
      writableLeaf(containing: index)[index & 255] = newValue
    }
  }

  /// The 256 elements around an index, if any of them was ever set; valid while this array lives unchanged.
  @inline(__always)
  func leaf(containing index: Int) -> UnsafePointer<Element>? {
    let branchIndex = index >> 14
    guard branchIndex < branches.count, let branch = branches[branchIndex],
      let leaf = branch.leaves[index >> 8 & 63]
    else { return nil }
    return UnsafePointer(leaf.elements)
  }

  /// The 256 elements around an index, no longer shared with any other array; valid until the next write or copy.
  @inline(__always)
  mutating func writableLeaf(containing index: Int) -> UnsafeMutablePointer<Element> {
    let branchIndex = index >> 14
    if branchIndex >= branches.count || !isKnownUniquelyReferenced(&branches[branchIndex]) {
      makeBranchWritable(branchIndex)
    }
    let slot = branches[branchIndex].unsafelyUnwrapped.leaves + (index >> 8 & 63)
    if !isKnownUniquelyReferenced(&slot.pointee) {
      slot.pointee = slot.pointee.map(Leaf.init(copying:)) ?? Leaf(filledWith: fill)
    }
    return slot.pointee.unsafelyUnwrapped.elements
  }

  /// Sets every element of some leaves, by number, to one value. They share a leaf until they are written to, so that this
  /// costs next to nothing however many they are.
  mutating func fill(leaves: Range<Int>, with value: Element) {
    let leaf = Leaf(filledWith: value)
    for number in leaves {
      let branchIndex = number >> 6
      if branchIndex >= branches.count || !isKnownUniquelyReferenced(&branches[branchIndex]) {
        makeBranchWritable(branchIndex)
      }
      branches[branchIndex].unsafelyUnwrapped.leaves[number & 63] = leaf
    }
  }

  private mutating func makeBranchWritable(_ index: Int) {
    while branches.count <= index { branches.append(nil) }
    branches[index] = branches[index].map(Branch.init(copying:)) ?? Branch()
  }

  /// The leaves that were written to since another array was copied to or from this one, shared with this one; nothing
  /// else. O(leaves of the branches that differ).
  func leaves(changedSince other: SparseArray) -> SparseArray {
    var result = SparseArray(fill: fill)
    for (branchIndex, branch) in branches.enumerated() {
      let otherBranch = branchIndex < other.branches.count ? other.branches[branchIndex] : nil
      guard let branch, branch !== otherBranch else { continue }
      for slot in 0..<SparseArray.branchCapacity {
        guard let leaf = branch.leaves[slot], leaf !== otherBranch?.leaves[slot] else { continue }
        result.share(leaf, branchIndex, slot)
      }
    }
    return result
  }

  private mutating func share(_ leaf: Leaf, _ branchIndex: Int, _ slot: Int) {
    if branchIndex >= branches.count || branches[branchIndex] == nil { makeBranchWritable(branchIndex) }
    branches[branchIndex].unsafelyUnwrapped.leaves[slot] = leaf
  }

  /// The first index of every leaf that exists, ascending. O(leaves).
  var leafIndices: [Int] {
    var indices: [Int] = []
    for (branchIndex, branch) in branches.enumerated() {
      guard let branch else { continue }
      for leafIndex in 0..<SparseArray.branchCapacity where branch.leaves[leafIndex] != nil {
        indices.append(branchIndex << 14 | leafIndex << 8)
      }
    }
    return indices
  }
}

import TestResources
import Testing

@testable import Plenary

/// Pairs are new once, whether there is a bit for each of them or a hash table.
@Suite struct DistinctPairsTests {
  /// Few groups of many values; many groups of few each; groups that come late; numbers far apart.
  @Test(arguments: [(5, 3000), (4000, 4000), (3, 1_000_000), (1_000_000, 2), (70, 90)], [1, 50, 3000])
  func everyPairIsNewOnce(ranges: (groups: Int, codes: Int), batchSize: Int) {
    var random = SeededRandom(seed: ranges.codes)
    var pairs = DistinctPairs()
    var known: Set<[Int32]> = []
    for batch in 0..<20 {
      // The first batches know few of the groups.
      let groupCount = max(1, ranges.groups >> max(0, 10 - batch))
      let groups = (0..<batchSize).map { _ in Int32(random.below(groupCount)) }
      let codes = (0..<batchSize).map { _ in Int32(random.below(ranges.codes)) }
      let expected = (0..<batchSize).filter { known.insert([groups[$0], codes[$0]]).inserted }
      #expect(pairs.newRows(groups: groups, codes: codes).map(Int.init) == expected)
      #expect(pairs.count == known.count)
    }
    #expect(pairs.newRows(groups: [], codes: []).isEmpty)
  }

  /// Groups one after the other, of which some come again in the end.
  @Test(arguments: [false, true], [1, 50, 3000])
  func everyPairOfAscendingGroupsIsNewOnce(comesAgain: Bool, batchSize: Int) {
    var random = SeededRandom(seed: batchSize)
    var pairs = DistinctPairs()
    var known: Set<[Int32]> = []
    var group: Int32 = 0
    for batch in 0..<30 {
      if comesAgain, batch == 20 { group = 1 }
      let groups = (0..<batchSize).map { _ in
        group += random.below(40) == 0 ? 1 : 0
        return group
      }
      let codes = (0..<batchSize).map { _ in Int32(random.below(100 + batch * 10)) }
      let expected = (0..<batchSize).filter { known.insert([groups[$0], codes[$0]]).inserted }
      #expect(pairs.newRows(groups: groups, codes: codes).map(Int.init) == expected)
      #expect(pairs.count == known.count)
    }
  }
}

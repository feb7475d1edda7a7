import TestResources
import Testing

@testable import Plenary

/// Groups have their numbers by the order they first appear in, however their keys come.
@Suite struct GroupTableTests {
  enum Order: CaseIterable {
    case ascending, ascendingFirst, firstOnlyAtTheStart, any, farApart
  }

  @Test(arguments: Order.allCases, [1, 40, 3000])
  func groupsOfPairsOfIDs(order: Order, batchSize: Int) {
    for areNodes in [true, false] {
      var random = SeededRandom(seed: batchSize)
      var table = GroupTable(keyCount: 2)
      var known: [[UInt32]: Int32] = [:]
      var keys: [[UInt32]] = []
      var (first, second): (UInt32, UInt32) = (0, 0)
      for batch in 0..<25 {
        let rows = (0..<batchSize).map { _ -> [UInt32] in
          let isNext = random.below(30) == 0
          first += isNext ? UInt32(1 + random.below(3)) : 0
          second = isNext ? 0 : second + UInt32(random.below(2))
          // Pairs that ascend at first may no longer do so in the midst of a run.
          let ascends = order == .ascending || order == .firstOnlyAtTheStart && batch < 9
          let other = ascends ? second : UInt32(random.below(order == .farApart ? 4_000_000_000 : 60))
          let isAny = order == .any || order == .firstOnlyAtTheStart && batch > 17
          return [isAny ? UInt32(random.below(50)) : first, other]
        }
        let columns = (0..<2).map { index in
          let ids = rows.map { $0[index] }
          return areNodes || index == 0 ? Vector.nodes(ids) : .relationships(ids)
        }
        let expected = rows.map { row -> Int32 in
          if let number = known[row] { return number }
          known[row] = Int32(known.count)
          keys.append(row)
          return Int32(known.count - 1)
        }
        #expect(table.numbers(for: columns) == expected)
        #expect(table.count == known.count)
      }
      #expect(table.keyColumn(0).nodeIDs == keys.map { $0[0] })
      let column = table.keyColumn(1)
      #expect((0..<keys.count).allSatisfy { areNodes || column[$0] == .relationship(.init(keys[$0][1])) })
    }
  }
}

import TestResources
import Testing

@testable import Plenary

/// Strings have the number of where they first came, wherever they lie and however often they come.
@Suite struct TextCodeTableTests {
  @Test(arguments: [3, 800, 20_000], [1, 2048])
  func stringsKeepTheirNumbers(distinct: Int, batchSize: Int) {
    // Every second string lies in two places; null and the empty string are among them.
    let texts = (0..<distinct * 2).map { $0 < 2 ? "" : "text \($0 % 2 == 0 ? $0 : $0 % distinct)" }
    var bytes: [UInt8] = []
    let views = texts.map { text in
      defer { bytes += Array(text.utf8) }
      return StringVector.View(offset: UInt32(bytes.count), count: UInt32(text.utf8.count))
    }
    let heap = StringHeap(bytes)
    var random = SeededRandom(seed: distinct)
    var table = TextCodeTable()
    var expected: [String?: Int32] = [:]
    for _ in 0..<(batchSize == 1 ? 9000 : 30) {
      let rows = (0..<batchSize).map { _ in random.below(views.count + 1) }
      let codes = table.codes(rows.map { $0 == views.count ? .null : views[$0] }, in: heap)
      for (row, code) in zip(rows, codes) {
        let text = row == views.count ? nil : texts[row]
        let known = expected[text, default: Int32(expected.count)]
        expected[text] = known
        if code != known { Issue.record("\(text ?? "null") got \(code), not \(known)") }
      }
      #expect(table.count == expected.count)
    }
  }
}

import Testing

@testable import Plenary

@Suite("CSV reader")
struct CSVReaderTests {
  /// Every record of a text, each cell as its text, `nil` for a cell with nothing in it.
  private func records(_ text: String, delimiter: Character = ",") throws -> [[String?]] {
    var format = CSVFormat()
    format.delimiter = delimiter.asciiValue ?? 0
    return try Array(text.utf8).withUnsafeBufferPointer { buffer in
      var reader = CSVReader(buffer, at: 0, format: format)
      var records: [[String?]] = []
      while let cells = try reader.readHeader() {
        records.append(cells.map { $0.isAbsent ? nil : reader.string($0) })
      }
      return records
    }
  }

  /// What reading a text runs into, with its place.
  private func message(_ text: [UInt8]) -> String? {
    text.withUnsafeBufferPointer { buffer in
      var reader = CSVReader(buffer, at: 0, format: CSVFormat())
      do throws(FileFailure) {
        while try reader.readHeader() != nil {}
        return nil
      } catch {
        return GraphFile(name: "t.csv", bytes: text).error(error).message
      }
    }
  }

  @Test(
    "cells and lines by RFC 4180",
    arguments: [
      ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
      ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
      ("a,,\n", [["a", nil, nil]]),
      ("\"\",x\n", [["", "x"]]),
      ("\"a,b\",\"c\nd\"\n", [["a,b", "c\nd"]]),
      ("\"say \"\"hi\"\"\",\"\"\"\"\n", [["say \"hi\"", "\""]]),
      ("\"a\r\nb\"\r\n", [["a\r\nb"]]),
      ("\n\na\n\n\r\nb\n\n", [["a"], ["b"]]),
      ("日本,ภาษา\n", [["日本", "ภาษา"]]),
      ("a,", [["a", nil]]),
      ("", []),
      (
        "a cell of more than eight bytes,another such cell;x\n",
        [["a cell of more than eight bytes", "another such cell;x"]]
      ),
    ] as [(String, [[String?]])])
  func cells(text: String, expected: [[String?]]) throws {
    #expect(try records(text) == expected)
  }

  @Test("the delimiter can be another", arguments: [";", "\t", "|"] as [Character])
  func delimiter(_ delimiter: Character) throws {
    #expect(try records("a,b\(delimiter)c\n", delimiter: delimiter) == [["a,b", "c"]])
  }

  @Test("a mark is found wherever it stands in a word of eight bytes", arguments: 0..<20)
  func marks(length: Int) throws {
    let text = String(repeating: "x", count: length)
    #expect(try records("\(text),y\n\(text)\n") == [[length == 0 ? nil : text, "y"]] + (length == 0 ? [] : [[text]]))
  }

  @Test(
    "errors name file, line and column",
    arguments: [
      ("a\n\"b", "t.csv:2:1: found the end of the file inside a cell in quotes, expected the closing quote"),
      (
        "a\nb\"c\n",
        "t.csv:2:2: found a quote inside a cell without quotes, expected quotes around the cell and the quote twice"
      ),
      (
        "é,\"b\"c\n",
        "t.csv:1:6: found text after the closing quote of a cell, expected a delimiter or the end of the line"
      ),
      ("a\rb\n", "t.csv:1:2: found a carriage return, expected a line feed after it"),
    ])
  func errors(text: String, expected: String) {
    #expect(message(Array(text.utf8)) == expected)
  }

  @Test(
    "bytes that are not UTF-8 are refused",
    arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xC3]] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let text = Array("ab\ncdefghijklmnop".utf8) + bytes
    #expect(
      message(text) == "t.csv:2:15: found byte 0x\(String(bytes[0], radix: 16)), expected UTF-8")
  }

  @Test("all well-formed sequences of UTF-8 pass")
  func validUTF8() {
    for value in stride(from: 0 as UInt32, to: 0x11_0000, by: 1) {
      guard let scalar = Unicode.Scalar(value), value < 0x3000 || value % 251 == 0 || value > 0x10_FFF0 else {
        continue
      }
      let bytes = Array(String(Character(scalar)).utf8)
      #expect(bytes.withUnsafeBufferPointer { UTF8Validation.firstInvalidOffset(in: $0) } == nil)
    }
  }

  @Test("a record of another length than the header is refused, and what follows it can be read")
  func recordLength() throws {
    let text = Array("1,2\n1\n3,4,5\n6,7\n".utf8)
    text.withUnsafeBufferPointer { buffer in
      var reader = CSVReader(buffer, at: 0, format: CSVFormat())
      var records = CSVReader.Records(columnCount: 2)
      var found: [String] = []
      while reader.read(&records, limit: 10) {
        found += (0..<records.count).map {
          "\(reader.string(records.cell($0, 0))) \(reader.string(records.cell($0, 1)))"
        }
        if let failure = records.failure { found.append(GraphFile(name: "t.csv", bytes: text).error(failure).message) }
      }
      #expect(
        found == [
          "1 2", "t.csv:2:2: found 1 cell, expected 2 as in the header",
          "t.csv:3:5: found 3 cells, expected 2 as in the header", "6 7",
        ])
    }
  }

  @Test(
    "chunks end where records end, wherever the cuts fall",
    arguments: [
      "a,b\nc,d\n", "\"a\nb\",c\nd,\"e\"\"\n\"\"f\"\ng,h", "x\"y,z\n1,2\n", "a\n\n\nb\r\n\"c\r\nd\"\r\n",
      "\"never closed\n1\n2\n",
      "\"\",\"\"\n\"\n\",\"\"\"\n\"\n,\n",
    ])
  func chunks(text: String) throws {
    let bytes = Array(text.utf8)
    var ends = Set<Int>()
    bytes.withUnsafeBufferPointer { buffer in
      var end = 0
      while end < buffer.count {
        let rest = UnsafeBufferPointer(rebasing: buffer[end...])
        end += FileChunker.firstRecordEnd(in: rest, CSVFormat()) ?? rest.count
        ends.insert(end)
      }
    }
    for size in 1...bytes.count + 1 {
      let chunker = FileChunker(.memory(FileBytes(bytes)), from: 0, records: .csv(CSVFormat()), chunkSize: size)
      var buffer = FileBuffer()
      var parts: [[UInt8]] = []
      while let chunk = try chunker.next(&buffer) {
        #expect(chunk.index == parts.count)
        parts.append(Array(chunk.bytes))
      }
      #expect(parts.flatMap(\.self) == bytes)
      var end = 0
      for part in parts {
        end += part.count
        #expect(ends.contains(end), "chunks of \(size)")
      }
    }
  }

  @Test(
    "integers", arguments: ["0", "-1", "+5", "9223372036854775807", "-9223372036854775808", "000000000000000000012"])
  func integers(text: String) {
    var text = text
    let number = text.withUTF8 { CSVNumbers.integer($0) }
    #expect(number == Int64(text))
    #expect(number != nil)
  }

  @Test(
    "no integers", arguments: ["", "-", "+", "1.0", "9223372036854775808", "-9223372036854775809", "1e3", "٣", " 1"])
  func noIntegers(text: String) {
    var text = text
    #expect(text.withUTF8 { CSVNumbers.integer($0) } == nil)
  }

  @Test("only the text that a number writes is canonical", arguments: ["00", "-0", "+1", "01", "-01"])
  func canonical(text: String) {
    var text = text
    #expect(text.withUTF8 { CSVNumbers.canonicalInteger($0) } == nil)
  }

  @Test(
    "floats are those of Swift",
    arguments: [
      "0", "-0.0", "1.5", "0.1", "123456789.123456", "1e300", "-2.5E-3", "0.000001", "123456789012345678", ".5",
      "4.9e-324",
    ])
  func floats(text: String) {
    var text = text
    let number = text.withUTF8 { CSVNumbers.float($0) }
    #expect(number?.bitPattern == Double(text)?.bitPattern)
    #expect(number != nil)
  }

  @Test("no floats", arguments: ["", "-", ".", "1.5x", "0x10", "1,5", "--1", "infinite", "1 2"])
  func noFloats(text: String) {
    var text = text
    #expect(text.withUTF8 { CSVNumbers.float($0) } == nil)
  }
}

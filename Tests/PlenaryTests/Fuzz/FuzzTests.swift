import Foundation
import FuzzTargets
import TestResources
import Testing

/// A bounded part of what `make fuzz` does: inputs that it found to be interesting, and the same changes to queries
/// every time.
@Suite struct FuzzTests {
  static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "../../Fuzz")

  /// The inputs to begin with, in files of their own or made, then those of the corpus.
  static func inputs(for target: FuzzTarget) throws -> [[UInt8]] {
    let seeds = directory.appendingPathComponent("Seeds/\(target.rawValue)").path
    let corpus = directory.appendingPathComponent("Corpus/\(target.rawValue).txt").path
    return try target.generatedSeeds()
      + (FileManager.default.fileExists(atPath: seeds) ? Corpus(directory: seeds).inputs : [])
      + (FileManager.default.fileExists(atPath: corpus) ? Corpus(file: corpus).inputs : [])
  }

  /// Each target's inputs in slices, so that they are tried side by side.
  static let slices = FuzzTarget.allCases.flatMap { target in (0..<sliceCount).map { (target, $0) } }
  static let sliceCount = 8

  @Test(arguments: slices) func keptInputs(target: FuzzTarget, slice: Int) throws {
    let inputs = try Self.inputs(for: target)
    #expect(inputs.count >= Self.sliceCount)
    for index in stride(from: slice, to: inputs.count, by: Self.sliceCount) { attempt(target, inputs[index]) }
  }

  @Test(arguments: 0..<8) func queriesChangedByStructure(seed: Int) throws {
    let queries = try Self.inputs(for: .query).map { String(decoding: $0, as: UTF8.self) }
    var mutator = QueryMutator(seed: UInt64(seed))
    for _ in 0..<100 {
      let query = mutator.mutate(oneOf: queries)
      attempt(.parser, Array(query.utf8))
      attempt(.query, Array(query.utf8))
    }
  }

  private func attempt(_ target: FuzzTarget, _ input: [UInt8]) {
    do {
      try target.run(input)
    } catch {
      Issue.record("\(target.rawValue): \(error)\ninput: \(String(decoding: input, as: UTF8.self))")
    }
  }

  @Test func corpusFilesHoldAnyBytes() throws {
    let inputs: [[UInt8]] = [[0], [0x0A], [0x5C], Array("a\\n\n\r\u{7F}é".utf8), [0xC3], Array(0...255)]
    let folder = try TemporaryDirectory()
    for (index, input) in inputs.enumerated() { try folder.file("\(index)", bytes: input) }
    let read = try Corpus(directory: folder.path)
    let file = folder.path("corpus.txt")
    try read.write(toFile: file)
    #expect(try Corpus(file: file).inputs == read.inputs)
    #expect(read.inputs.count == inputs.count)
  }
}

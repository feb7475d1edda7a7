import Testing

@testable import PlenaryShell

@Suite("Memory limits as arguments")
struct MemoryLimitArgumentTests {
  @Test(
    "amounts have units",
    arguments: [
      ("1000", 1000), ("0", 0), ("2GB", 2_000_000_000), ("2 gb", 2_000_000_000), ("1.5kb", 1500), ("1GiB", 1 << 30),
      ("512 MiB", 512 << 20), ("10B", 10), ("3tb", 3_000_000_000_000),
    ])
  func amounts(_ text: String, _ bytes: Int) {
    #expect(MemoryLimit(text) == .bytes(bytes))
  }

  @Test(arguments: ["", "GB", "-1", "1 2", "1e9", "nan", "0x10", "lots", "99999999999TB", "1..5GB"])
  func noAmounts(_ text: String) {
    #expect(MemoryLimit(text) == nil)
  }

  @Test("none lifts the limit, and without a word the machine sets it")
  func otherForms() throws {
    #expect(MemoryLimit("none")?.bytes == nil)
    let memory = try #require(System.memory)
    let limit = try #require(MemoryLimit.automatic.bytes)
    #expect(limit > 0 && limit < memory)
  }
}

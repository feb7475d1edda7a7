import FuzzTargets
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// libFuzzer calls `LLVMFuzzerTestOneInput` with inputs that it makes from the seeds, led by the code that they reach.
// SwiftPM gives the program's entry another name, so that we must hand control to libFuzzer ourselves.

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// libFuzzer's own changes of bytes; gives the new length.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int) -> Int

/// Runs libFuzzer with the arguments of the program, or packs and unpacks corpora: see `CorpusCommand`.
@_cdecl("PlenaryFuzz_main")
public func start(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
  let words = (1..<max(1, Int(count))).compactMap { arguments?[$0].map { String(cString: $0) } }
  if let command = CorpusCommand(words) { return command.run() }
  var count = count
  var arguments = arguments
  return runDriver(&count, &arguments, testOneInput)
}

/// Leaks that the sanitizer only imagines: it does not find the pointers in payloads of enums, whose spare bits are in
/// use, and so takes what globals hold for lost.
@_cdecl("__lsan_default_suppressions")
public func leakSuppressions() -> UnsafePointer<CChar> {
  let suppressions: StaticString = "leak:swift::threading_impl::once_slow"
  return UnsafeRawPointer(suppressions.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// Gives one input to the target that `PLENARY_FUZZ_TARGET` names.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let start = processorSeconds()
  do {
    try chosenTarget.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  } catch {
    fatalError("\(error)")
  }
  // By processor time, so that a busy machine makes no findings; libFuzzer's own limit is for what never ends.
  let elapsed = processorSeconds() - start
  guard elapsed < secondsAllowed else { fatalError("took \(elapsed) s of processor time") }
  return 0
}

/// Changes an input: query texts mostly by their structure, everything else by its bytes.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: CUnsignedInt) -> Int {
  guard chosenTarget.takesQueries, seed % 8 != 0 else { return mutateBytes(bytes, count, capacity) }
  let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  let other = donors.withLock { $0.exchange(text, seed: Int(seed)) }
  var mutator = QueryMutator(seed: UInt64(seed))
  let mutated = Array(mutator.mutate(text, with: other).utf8)
  guard !mutated.isEmpty, mutated.count <= capacity else { return mutateBytes(bytes, count, capacity) }
  for (index, byte) in mutated.enumerated() { bytes[index] = byte }
  return mutated.count
}

/// Inputs that libFuzzer chose lately, which are the interesting ones.
private struct Donors {
  private var texts: [String] = []

  /// Keeps a text and gives another.
  mutating func exchange(_ text: String, seed: Int) -> String {
    let place = seed / 8 % max(1, texts.count)
    if texts.count < 1024 { texts.append(text) } else { texts[place] = text }
    return texts[(place + seed / 8192) % texts.count]
  }
}

private let donors = Mutex(Donors())

private let secondsAllowed = 2.0

private func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

private let chosenTarget =
  getenv("PLENARY_FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) } ?? .query

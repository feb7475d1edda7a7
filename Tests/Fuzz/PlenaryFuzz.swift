#if canImport(Glibc)
  import Glibc
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

/// Runs libFuzzer with the arguments of the program.
@_cdecl("PlenaryFuzz_main")
public func start(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
  var count = count
  var arguments = arguments
  return runDriver(&count, &arguments, testOneInput)
}

/// Gives one input to the target that `PLENARY_FUZZ_TARGET` names.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  chosenTarget.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

private let chosenTarget =
  getenv("PLENARY_FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) } ?? .query

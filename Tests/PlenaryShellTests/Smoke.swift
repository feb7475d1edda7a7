import Testing

@testable import PlenaryShell

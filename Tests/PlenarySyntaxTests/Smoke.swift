import Testing

@testable import PlenarySyntax

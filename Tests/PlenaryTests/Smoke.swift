import Testing

@testable import Plenary

import Plenary

extension Graph {
  /// Checks everything that always holds of a graph.
  func requireConsistency(_ subject: String) throws(FuzzFinding) {
    let violations = checkInvariants()
    try FuzzFinding.require(violations.isEmpty, "\(subject) is not consistent: \(violations)")
  }
}

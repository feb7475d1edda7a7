/// The version of this program.
package enum PlenaryVersion {
  /// For example `0.1.0`; semantic versioning.
  package static let text = "0.1.0"
}

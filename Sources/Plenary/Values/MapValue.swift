import OrderedCollections

/// A map of the language: values by key, in the order they were put in.
///
/// Keys are compared by code points, so `"e\u{301}"` and `"\u{e9}"` are two keys; a Swift dictionary with `String` keys
/// cannot hold both. The order plays no part in the language's equality.
///
/// ```swift
/// var map: MapValue = ["name": "Brunei Darussalam"]
/// map["members"] = 10
/// for (key, value) in map { print(key, value) }
/// ```
public struct MapValue: Sendable {
  private var entries: OrderedDictionary<ExactText, Value>

  /// Makes a map without entries.
  public init() { entries = [:] }

  /// Makes a map without entries that has room for some.
  public init(minimumCapacity: Int) { entries = OrderedDictionary(minimumCapacity: minimumCapacity) }

  /// Makes a map of entries, `[String: Value]` for example; of a key that is there twice the last value counts. O(n).
  public init(_ entries: some Sequence<(key: String, value: Value)>) {
    self.init(minimumCapacity: entries.underestimatedCount)
    for (key, value) in entries { self[key] = value }
  }

  /// The value of a key; `nil` where there is none. Setting `nil` takes the entry out. O(1), but O(n) for taking out.
  public subscript(key: String) -> Value? {
    get { entries[ExactText(key)] }
    set { entries[ExactText(key)] = newValue }
  }

  /// The keys in their order. O(n).
  public var keys: [String] { entries.keys.map(\.text) }

  /// Whether the keys are these, in this order. O(size of the keys).
  func hasKeys(_ keys: [String]) -> Bool {
    entries.count == keys.count && entries.keys.elementsEqual(keys) { $0.text.hasSameCodePoints(as: $1) }
  }

  /// The values in the order of their keys. O(1).
  public var values: [Value] { entries.values.elements }

  /// The entries sorted by the code points of their keys. O(n log n).
  var inKeyOrder: [(key: String, value: Value)] {
    count > 1 ? sorted { $0.key.codePointOrder($1.key) < 0 } : Array(self)
  }
}

extension MapValue: RandomAccessCollection {
  /// The place of the first entry: 0.
  public var startIndex: Int { 0 }
  /// The number of entries.
  public var endIndex: Int { entries.count }
  /// The entry at a place.
  public subscript(position: Int) -> (key: String, value: Value) {
    let entry = entries.elements[position]
    return (entry.key.text, entry.value)
  }
}

extension MapValue: ExpressibleByDictionaryLiteral {
  /// Makes a map; of a key that is there twice the last value counts.
  public init(dictionaryLiteral elements: (String, Value)...) {
    self.init(elements.lazy.map { (key: $0.0, value: $0.1) })
  }
}

private import Synchronization
public import Tensor

/// A safetensors file whose header was checked as a whole (FORMAT.md, 1 to 6).
///
/// The file stays mapped; a tensor's bytes come into memory when it is read.
public struct SafetensorsFile: Sendable {
  /// The texts of `__metadata__`.
  public let metadata: [String: String]
  private let file: MappedFile
  private let entries: [String: SafetensorsHeader.Entry]
  private let dataStart: Int
  /// Names of all tensors, in the order of their data.
  public let names: [String]

  /// Maps a file and checks its header.
  ///
  /// - Throws: ``WeightError`` if it cannot be read or breaks a rule.
  public init(path: String) throws(WeightError) { try self.init(MappedFile(path: path)) }

  /// Takes a file's bytes and checks its header.
  ///
  /// - Throws: ``WeightError`` if they break a rule.
  public init(bytes: [UInt8]) throws(WeightError) { try self.init(MappedFile(bytes: bytes)) }

  private init(_ file: MappedFile) throws(WeightError) {
    let length = try SafetensorsHeader.length(
      file.bytes(0..<min(8, file.count)), fileBytes: file.count)
    let header = try SafetensorsHeader(
      file.bytes(8..<8 + length), dataBytes: file.count - 8 - length)
    self.file = file
    metadata = header.metadata
    names = header.entries.map(\.name)
    entries = Dictionary(uniqueKeysWithValues: header.entries.map { ($0.name, $0) })
    dataStart = 8 + length
  }

  /// The shape of a tensor, or nil if there is none of that name.
  public func shape(of name: String) -> Shape? { entries[name].map { Shape(checked: $0.shape) } }

  /// How a tensor's elements are stored, or nil if there is none of that name.
  public func elementType(of name: String) -> ElementType? { entries[name]?.type }

  /// Reads a tensor, widened to fp32.
  ///
  /// - Throws: ``WeightError/missing(name:)``, or ``WeightError/notFinite(name:index:)`` if an
  ///   element is a NaN or an infinity.
  public func tensor(_ name: String) throws(WeightError) -> Tensor {
    guard let entry = entries[name] else { throw .missing(name: name) }
    switch file.floats(range(entry), type: entry.type) {
    case .success(let elements): return Tensor(checked: Shape(checked: entry.shape), elements)
    case .failure(let failure): throw .notFinite(name: name, index: failure.index)
    }
  }

  /// A tensor's bytes as they are stored.
  ///
  /// - Throws: ``WeightError/missing(name:)``.
  public func bytes(of name: String) throws(WeightError) -> [UInt8] {
    guard let entry = entries[name] else { throw .missing(name: name) }
    return file.bytes(range(entry))
  }

  private func range(_ entry: SafetensorsHeader.Entry) -> Range<Int> {
    entry.range.lowerBound + dataStart..<entry.range.upperBound + dataStart
  }

  /// Reads just these tensors; whatever else the file has is refused.
  ///
  /// Padding, `__pad__/N`, is left out of account and must be 1 to 63 zero bytes.
  ///
  /// - Returns: The tensors by name, each of the shape asked for.
  /// - Throws: ``WeightError`` for a tensor that is missing, extra, of another shape or not finite;
  ///   names and shapes are checked before any tensor is read.
  public func tensors(
    exactly wanted: [(name: String, shape: Shape)]
  ) throws(WeightError) -> [String: Tensor] {
    try check(exactly: wanted)
    var tensors: [String: Tensor] = [:]
    tensors.reserveCapacity(wanted.count)
    for (name, _) in wanted { tensors[name] = try tensor(name) }
    return tensors
  }

  /// Checks that ``tensors(exactly:)`` would succeed, on `threads` threads and without widening or
  /// keeping anything.
  ///
  /// - Throws: ``WeightError``, as `tensors(exactly:)` does.
  package func check(
    exactly wanted: [(name: String, shape: Shape)], threads: Int = 1
  ) throws(WeightError) {
    for (name, expected) in wanted {
      guard let found = shape(of: name) else { throw .missing(name: name) }
      if found != expected { throw .shapeMismatch(name: name, expected: expected, found: found) }
      if entries[name]?.type == .uint8 { throw .unknownType(tensor: name, type: "U8") }
    }
    let known = Set(wanted.map(\.name))
    for name in names where !known.contains(name) {
      guard name.hasPrefix("__pad__/") else { throw .extra(name: name) }
      guard let entry = entries[name], entry.type == .uint8, entry.shape.count == 1,
        (1...63).contains(entry.range.count), file.bytes(range(entry)).allSatisfy({ $0 == 0 })
      else { throw .badPadding(name: name) }
    }
    let found = Mutex<[Int: Int]>([:])
    ThreadPool.shared(threads: threads).forEach(wanted.count) { [file, entries, dataStart] index in
      guard let entry = entries[wanted[index].name] else { return }
      let range = entry.range.lowerBound + dataStart..<entry.range.upperBound + dataStart
      if let place = file.firstNotFinite(range, type: entry.type) {
        found.withLock { $0[index] = place }
      }
    }
    if let first = found.withLock({ $0.min { $0.key < $1.key } }) {
      throw .notFinite(name: wanted[first.key].name, index: first.value)
    }
  }

  /// A hash of the whole file's bytes.
  package func contentHash(threads: Int) -> UInt64 { file.contentHash(threads: threads) }
}

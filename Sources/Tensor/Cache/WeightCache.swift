#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Packed weights on disk, so that a program's first pass need not read and transform them again.
///
/// One file for each set of packed tensors, named after the hash of the weight file and of the
/// layouts. It is mapped, so several processes share its pages; it is written beside its place and
/// renamed, so a reader sees all of it or nothing. ``CacheFolder`` limits them all. A file that does not match in every byte is
/// made again.
public struct WeightCache: Sendable, Hashable {
  /// Where the files are.
  package let directory: String
  /// Hash of the weight file's bytes.
  let weights: UInt64

  /// The cache in a directory, which need not exist, for the weights of that hash.
  package init(directory: String, weights: UInt64) {
    (self.directory, self.weights) = (directory, weights)
  }

  /// The user's cache: `$MOOD_CACHE`, `$XDG_CACHE_HOME/mood` or `~/.cache/mood`; nil if there is
  /// none, or `MOOD_CACHE` is `off`.
  public static let userDirectory: String? = {
    // SAFETY: getenv's strings are copied before anything could change the environment.
    func variable(_ name: String) -> String? {
      guard let value = unsafe getenv(name) else { return nil }
      let text = unsafe String(cString: value)
      return text.isEmpty ? nil : text
    }
    if let asked = variable("MOOD_CACHE") { return asked == "off" ? nil : asked }
    if let root = variable("XDG_CACHE_HOME") { return "\(root)/mood" }
    return variable("HOME").map { "\($0)/.cache/mood" }
  }()

  /// Raised whenever the order of packed weights, or how they are computed, changes.
  private static let layoutVersion: UInt64 = 2
  private static let magic: UInt64 = 0x4B43_4150_444F_4F4D  // "MOODPACK"
  /// Bytes before the weights: a page, so that they are as aligned as memory of our own.
  static let headerBytes = 4096
  /// Asks for all pages at once, where the system can.
  #if os(Linux)
    private static let populate = Int32(MAP_POPULATE)
  #else
    private static let populate: Int32 = 0
  #endif

  private func path(_ layout: UInt64) -> String {
    "\(directory)/\(Self.hexadecimal(weights))-\(Self.hexadecimal(layout)).packed"
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// What the first bytes of a file must be.
  private func header(_ layout: UInt64, count: Int, hash: UInt64) -> [UInt64] {
    [Self.magic, Self.layoutVersion, weights, layout, UInt64(count), hash]
  }

  /// Maps the file for `layout`; nil if there is none, or it is not what was written.
  ///
  /// - Returns: The whole file as floats, the weights from float 1024 on.
  func load(_ layout: UInt64, count: Int, threads: Int) -> AlignedBuffer? {
    let descriptor = unsafe open(path(layout), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let bytes = Self.headerBytes + count * MemoryLayout<Float>.stride
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, Int(status.st_size) == bytes else { return nil }
    // SAFETY: a private mapping of the size just asked; the result is checked, and adopted by a
    // buffer that unmaps it.
    let memory = unsafe mmap(
      nil, bytes, PROT_READ, MAP_PRIVATE | Self.populate, descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { return nil }
    let buffer = unsafe AlignedBuffer(adopting: memory, bytes: bytes)
    let hash = unsafe ContentHash.hash(
      UnsafeRawBufferPointer(start: memory + Self.headerBytes, count: bytes - Self.headerBytes),
      threads: threads)
    let expected = header(layout, count: count, hash: hash)
    for (index, word) in expected.enumerated()
    where unsafe memory.load(fromByteOffset: 8 * index, as: UInt64.self) != word { return nil }
    return buffer
  }

  /// Writes the weights, floats 1024 … of `buffer`; a full disk or a missing right is no error.
  func store(_ layout: UInt64, _ buffer: AlignedBuffer, threads: Int) {
    let bytes = buffer.count * MemoryLayout<Float>.stride
    guard bytes <= CacheFolder.byteLimit else { return }
    Self.makeDirectory(directory)
    // SAFETY: the header's words and the weights lie within the buffer, which nobody else has yet.
    let memory = unsafe UnsafeMutableRawPointer(buffer.pointer)
    let hash = unsafe ContentHash.hash(
      UnsafeRawBufferPointer(start: memory + Self.headerBytes, count: bytes - Self.headerBytes),
      threads: threads)
    let count = (bytes - Self.headerBytes) / MemoryLayout<Float>.stride
    for (index, word) in header(layout, count: count, hash: hash).enumerated() {
      unsafe memory.storeBytes(of: word, toByteOffset: 8 * index, as: UInt64.self)
    }
    let temporary = "\(path(layout)).\(getpid()).\(UInt64.random(in: 0 ... .max))"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return }
    var written = 0
    while written < bytes {
      let part = unsafe write(descriptor, memory + written, min(bytes - written, 1 << 26))
      if part <= 0 { break }
      written += part
    }
    close(descriptor)
    let isWhole = written == bytes
    if unsafe !isWhole || rename(temporary, path(layout)) != 0 { unsafe _ = unlink(temporary) }
    CacheFolder(directory).prune()
  }

  /// Makes a directory and those above it, as far as it may.
  static func makeDirectory(_ directory: String) {
    var path = ""
    for part in directory.split(separator: "/", omittingEmptySubsequences: false) {
      path += (path.isEmpty && !directory.hasPrefix("/") ? "" : "/") + part
      if !part.isEmpty { unsafe _ = mkdir(path, 0o755) }
    }
  }
}

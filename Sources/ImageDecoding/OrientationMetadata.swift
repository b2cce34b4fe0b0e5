/// Where metadata say how a picture is to be turned.
extension Orientation {
  /// What the tag Orientation (0x0112) of an EXIF block's first directory says; nil if the block
  /// has no such tag, or makes no sense.
  ///
  /// A number that is none of 1…8 counts as upright, as it does for every viewer.
  ///
  /// - Parameter exif: The block, from its byte order mark (`II` or `MM`) on or from `Exif\0\0` in
  ///   front of it, which some programs write twice or where it does not belong.
  init?(exif: some Collection<UInt8>) {
    var tiff = Array(exif)
    for _ in 0..<2 where tiff.holds("Exif\0", at: 0) && tiff.count >= 6 { tiff.removeFirst(6) }
    guard let value = Self.value(of: tiff) else { return nil }
    self = Orientation(rawValue: value) ?? .upright
  }

  private static func value(of tiff: [UInt8]) -> Int? {
    let isLittle = tiff.holds("II*\0", at: 0)
    guard isLittle || tiff.holds("MM\0*", at: 0) else { return nil }
    func number(at index: Int, bytes: Int) -> Int? {
      guard index >= 0, index <= tiff.count - bytes else { return nil }
      let digits = tiff[index..<index + bytes]
      return isLittle
        ? digits.reversed().reduce(0) { $0 << 8 | Int($1) } : digits.reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(at: 4, bytes: 4),
      let entries = number(at: directory, bytes: 2)
    else { return nil }
    for entry in 0..<entries {
      let start = directory + 2 + 12 * entry
      guard let tag = number(at: start, bytes: 2), let type = number(at: start + 2, bytes: 2),
        let count = number(at: start + 4, bytes: 4)
      else { return nil }
      // The whole numbers of TIFF: SHORT, LONG, and both with a sign. A count of 0 has no value.
      let bytes = [3: 2, 4: 4, 8: 2, 9: 4][type]
      guard tag == 0x0112, count > 0, let bytes else { continue }
      // Of several values the first one counts; over four bytes of them stand elsewhere.
      if bytes * count <= 4 { return number(at: start + 8, bytes: bytes) }
      guard let place = number(at: start + 8, bytes: 4), place <= tiff.count - bytes * count else {
        continue
      }
      return number(at: place, bytes: bytes)
    }
    return nil
  }

  /// What `tiff:Orientation` says in an XMP packet, as an attribute or as an element; nil if it is
  /// not in there.
  init?(xmp: some Collection<UInt8>) {
    let packet = Array(xmp)
    let name: StaticString = "tiff:Orientation"
    for start in packet.indices
    where packet[start] == UInt8(ascii: "t") && packet.holds(name, at: start) {
      var rest = packet[(start + name.utf8CodeUnitCount)...].drop(while: Self.isSpace)
      if rest.first == UInt8(ascii: "=") {
        rest = rest.dropFirst().drop(while: Self.isSpace)
        guard rest.first == UInt8(ascii: "\"") || rest.first == UInt8(ascii: "'") else { continue }
      } else if rest.first != UInt8(ascii: ">") {
        continue
      }
      guard let digit = rest.dropFirst().drop(while: Self.isSpace).first,
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
      else { continue }
      self = Orientation(rawValue: Int(digit - UInt8(ascii: "0"))) ?? .upright
      return
    }
    return nil
  }

  /// What the EXIF block in a PNG's text says, as ImageMagick writes it under the keys `Raw profile
  /// type exif` and `Raw profile type APP1`: a line of a name, a line of a length, hexadecimal
  /// digits.
  init?(rawProfile text: some Collection<UInt8>) {
    let lines = text.split(separator: UInt8(ascii: "\n"))
    var block: [UInt8] = []
    var upper: UInt8?
    for byte in lines.dropFirst(2).joined() where !Self.isSpace(byte) {
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
      if let high = upper { block.append(high << 4 | UInt8(digit)) }
      upper = upper == nil ? UInt8(digit) : nil
    }
    self.init(exif: block)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D) ~= byte }
}

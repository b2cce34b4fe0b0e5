/// Numbers in the byte order of JPEG, PNG and half of all EXIF blocks.
extension [UInt8] {
  /// The two bytes from `index` on, the first one leading.
  ///
  /// - Precondition: Both lie within the array.
  func bigEndian16(at index: Int) -> Int { Int(self[index]) << 8 | Int(self[index + 1]) }

  /// The four bytes from `index` on, the first one leading.
  ///
  /// - Precondition: All four lie within the array.
  func bigEndian32(at index: Int) -> Int {
    bigEndian16(at: index) << 16 | bigEndian16(at: index + 2)
  }

  /// Whether `text`, which is ASCII, stands at `index`; false if the array ends before.
  func holds(_ text: StaticString, at index: Int) -> Bool {
    let expected = text.description.utf8
    return index >= 0 && index <= count - expected.count
      && self[index..<index + expected.count].elementsEqual(expected)
  }
}

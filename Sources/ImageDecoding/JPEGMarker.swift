/// The second bytes of the markers that matter here: ITU-T T.81, table B.1.
enum JPEGMarker {
  static let temporary: UInt8 = 0x01
  static let huffmanTables: UInt8 = 0xC4
  static let arithmeticConditioning: UInt8 = 0xCC
  /// All frames and what lies between them; to be matched behind the two markers above.
  static let frames: ClosedRange<UInt8> = 0xC0...0xCF
  /// Baseline, extended and progressive by Huffman codes; the latter two by arithmetic codes.
  static let framesRead: Set<UInt8> = [0xC0, 0xC1, 0xC2, 0xC9, 0xCA]
  static let progressive: Set<UInt8> = [0xC2, 0xCA]
  static let arithmetic: Set<UInt8> = [0xC9, 0xCA]
  static let restarts: ClosedRange<UInt8> = 0xD0...0xD7
  static let startOfImage: UInt8 = 0xD8
  static let endOfImage: UInt8 = 0xD9
  static let startOfScan: UInt8 = 0xDA
  static let quantizationTables: UInt8 = 0xDB
  static let restartInterval: UInt8 = 0xDD
  static let jfif: UInt8 = 0xE0
  /// EXIF and XMP.
  static let exif: UInt8 = 0xE1
  static let adobe: UInt8 = 0xEE
  static let comment: UInt8 = 0xFE

  /// Whether it is no marker of the standard: two bytes that strayed into the file.
  static func isStray(_ marker: UInt8) -> Bool { marker == temporary || (2...0xBF) ~= marker }
}

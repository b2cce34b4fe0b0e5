/// A text of a PNG that may say how the picture is to be turned: an EXIF block in hexadecimal
/// digits, or an XMP packet. PNG (third edition), section 11.3.3.
struct PNGText {
  /// How many of them are read; a file has one or two.
  static let mostRead = 16

  /// Whether it is an XMP packet.
  let isXMP: Bool
  let isCompressed: Bool
  let data: [UInt8]

  private static let profiles = ["Raw profile type exif", "Raw profile type APP1"]
  private static let packet = "XML:com.adobe.xmp"

  /// Reads a chunk of the kind `tEXt`, `zTXt` or `iTXt`; nil unless its keyword is one of the three.
  init?(_ kind: String, _ chunk: ArraySlice<UInt8>) {
    var rest = chunk
    /// What stands in front of the next zero.
    func word() -> ArraySlice<UInt8>? {
      guard let end = rest.firstIndex(of: 0) else { return nil }
      defer { rest = rest[(end + 1)...] }
      return rest[..<end]
    }
    guard let keyword = word(), keyword.count <= 79 else { return nil }
    let name = String(decoding: keyword, as: UTF8.self)
    guard Self.profiles.contains(name) || name == Self.packet else { return nil }
    isXMP = name == Self.packet
    switch kind {
    case "tEXt": isCompressed = false
    case "zTXt":
      guard rest.popFirst() == 0 else { return nil }  // the only method of compression
      isCompressed = true
    default:
      guard let flag = rest.popFirst(), let method = rest.popFirst(), method == 0 else {
        return nil
      }
      isCompressed = flag == 1
      guard word() != nil, word() != nil else { return nil }  // the language, the keyword in it
    }
    data = Array(rest.prefix(ImageLimits.maximumMetadataBytes))
  }
}

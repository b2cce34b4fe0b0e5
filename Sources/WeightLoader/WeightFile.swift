/// A network's weights in the format of `Weights/FORMAT.md`: a checked header, checked metadata.
///
/// ```swift
/// let file = try WeightFile(path: "mood.safetensors")
/// print(file.metadata.architecture, file.metadata.classNames)
/// ```
public struct WeightFile: Sendable {
  /// What the file says of its network.
  public let metadata: ModelMetadata
  /// The tensors.
  public let tensors: SafetensorsFile
  /// All texts of the file's metadata, those that this reader does not use among them.
  public var texts: [String: String] { tensors.metadata }

  /// Maps a file and checks header and metadata.
  ///
  /// - Throws: ``WeightError`` if it cannot be read or breaks a rule of FORMAT.md.
  public init(path: String) throws(WeightError) { try self.init(SafetensorsFile(path: path)) }

  /// Takes a file's bytes and checks header and metadata.
  ///
  /// - Throws: ``WeightError`` if they break a rule of FORMAT.md.
  public init(bytes: [UInt8]) throws(WeightError) { try self.init(SafetensorsFile(bytes: bytes)) }

  private init(_ tensors: SafetensorsFile) throws(WeightError) {
    metadata = try ModelMetadata(tensors.metadata)
    self.tensors = tensors
  }
}

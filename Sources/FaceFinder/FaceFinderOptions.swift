/// How a ``FaceFinder`` searches.
public struct FaceFinderOptions: Sendable, Hashable {
  /// When a picture is searched at other sizes as well: half for faces that nearly fill it, twice
  /// for tiny ones (only pictures that were made smaller have more to show).
  public enum OtherScales: String, Sendable, CaseIterable {
    /// Only the one size.
    case never
    /// If that finds no face.
    case ifNoneFound = "if-none-found"
    /// Always; costs up to five times as much.
    case always
  }

  /// Least score of a face, 0…1.
  public let scoreThreshold: Float
  /// Most that two faces' boxes may share: intersection over union, 0…1.
  public let overlapThreshold: Float
  /// How many candidates are looked at, best first; at least 1.
  public let topK: Int
  /// Longest side in pixels, 32…16384; larger pictures are made smaller first.
  public let maximumSide: Int
  /// Whether other sizes are tried.
  public let otherScales: OtherScales

  /// The options that suit photos of a few people.
  public init() {
    (scoreThreshold, overlapThreshold, topK) = (0.6, 0.3, 5000)
    (maximumSide, otherScales) = (640, .ifNoneFound)
  }

  /// Creates options; what is left out is as in ``init()``.
  ///
  /// YuNet was trained for faces of about 10 to 300 pixels, at the size that it gets to see.
  ///
  /// - Throws: ``FaceFinderError/invalidOption(name:value:expected:)`` for a value out of range.
  public init(
    scoreThreshold: Float = 0.6, overlapThreshold: Float = 0.3, topK: Int = 5000,
    maximumSide: Int = 640, otherScales: OtherScales = .ifNoneFound
  ) throws(FaceFinderError) {
    for (name, value) in [
      ("scoreThreshold", scoreThreshold), ("overlapThreshold", overlapThreshold),
    ] where !(0...1).contains(value) {
      throw .invalidOption(name: name, value: "\(value)", expected: "0 to 1")
    }
    guard topK >= 1 else {
      throw .invalidOption(name: "topK", value: "\(topK)", expected: "1 or more")
    }
    guard (32...16384).contains(maximumSide) else {
      throw .invalidOption(
        name: "maximumSide", value: "\(maximumSide)", expected: "32 to 16384")
    }
    (self.scoreThreshold, self.overlapThreshold) = (scoreThreshold, overlapThreshold)
    (self.topK, self.maximumSide, self.otherScales) = (topK, maximumSide, otherScales)
  }
}

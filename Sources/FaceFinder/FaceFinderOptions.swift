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
  public var scoreThreshold: Float
  /// Most that two faces' boxes may share: intersection over union.
  public var overlapThreshold: Float
  /// How many candidates are looked at, best first.
  public var topK: Int
  /// Longest side in pixels; larger pictures are made smaller first.
  public var maximumSide: Int
  /// Whether other sizes are tried.
  public var otherScales: OtherScales

  /// Creates options; the defaults suit photos of a few people.
  ///
  /// YuNet was trained for faces of about 10 to 300 pixels, at the size that it gets to see.
  ///
  /// - Precondition: `topK >= 1`, and `maximumSide` is 32…16384.
  public init(
    scoreThreshold: Float = 0.6, overlapThreshold: Float = 0.3, topK: Int = 5000,
    maximumSide: Int = 640, otherScales: OtherScales = .ifNoneFound
  ) {
    precondition(topK >= 1, "topK is \(topK)")
    precondition((32...16384).contains(maximumSide), "maximumSide is \(maximumSide)")
    (self.scoreThreshold, self.overlapThreshold) = (scoreThreshold, overlapThreshold)
    (self.topK, self.maximumSide, self.otherScales) = (topK, maximumSide, otherScales)
  }
}

public import ImageDecoding
public import MoodRecommend

/// A photo to be read.
public struct Photo: Sendable, Equatable {
  /// What a photo is made of.
  public enum Content: Sendable, Equatable {
    /// The bytes of a JPEG or PNG file.
    case file([UInt8])
    /// A picture that is decoded already.
    case pixels(RGBImage)
  }

  /// The photo.
  public var content: Content
  /// The part of the upright photo to look at, in pixels; else the server chooses.
  public var region: Region?
  /// Whether ``Reading/heat`` is wanted, which costs a second forward pass.
  public var wantsHeat: Bool

  /// Creates a photo.
  public init(_ content: Content, region: Region? = nil, wantsHeat: Bool = false) {
    (self.content, self.region, self.wantsHeat) = (content, region, wantsHeat)
  }

  /// How much memory it holds.
  var byteCount: Int {
    switch content {
    case .file(let bytes): bytes.count
    case .pixels(let image): image.pixels.count
    }
  }
}

/// A rectangle of a photo, in pixels.
public struct Region: Sendable, Equatable, Codable {
  /// The top-left corner and the extents.
  public var x, y, width, height: Int

  /// Creates a rectangle.
  public init(x: Int, y: Int, width: Int, height: Int) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// Reads `x,y,w,h`; both extents are positive, and none is beyond what a photo may have.
  init?(_ text: String) {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let limit = ImageLimits.maximumSide
    guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
      let height = numbers[3], (0..<limit).contains(x), (0..<limit).contains(y),
      (1...limit).contains(width), (1...limit).contains(height)
    else { return nil }
    self.init(x: x, y: y, width: width, height: height)
  }
}

/// What the network says of a photo.
public struct Reading: Sendable, Equatable {
  /// A probability for each mood.
  public var distribution: MoodDistribution
  /// Whether the network is sure enough to name one mood.
  public var isSure: Bool
  /// The part of the photo that was looked at.
  public var region: Region
  /// Whether a face detector chose the region.
  public var isFaceFound: Bool
  /// What was looked at, with the places that spoke for the mood in red and those against it in
  /// blue; `nil` unless it was wanted.
  public var heat: RGBImage?

  /// Creates a reading.
  public init(
    distribution: MoodDistribution, isSure: Bool, region: Region, isFaceFound: Bool = false,
    heat: RGBImage? = nil
  ) {
    (self.distribution, self.isSure) = (distribution, isSure)
    (self.region, self.isFaceFound, self.heat) = (region, isFaceFound, heat)
  }
}

/// Reads moods off photos; called from one thread, with a batch at a time.
public protocol MoodService: Sendable {
  /// Reads each photo; one that cannot be read does not stop the others.
  func read(_ photos: [Photo]) -> [Result<Reading, ServerError>]
}

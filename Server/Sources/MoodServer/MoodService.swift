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

/// What the network is shown of a photo.
public struct PreparedPhoto: Sendable {
  /// The part of the photo that is looked at, of the network's size.
  public var face: MoodClassifier.PreparedFace
  /// Where that part lies in the photo, in pixels.
  public var region: Region
  /// Whether a face detector chose the region.
  public var isFaceFound: Bool
  /// The same part as it was, where ``Reading/heat`` is wanted.
  public var picture: RGBImage?

  /// Creates a prepared photo.
  public init(
    face: MoodClassifier.PreparedFace, region: Region, isFaceFound: Bool = false,
    picture: RGBImage? = nil
  ) {
    (self.face, self.region) = (face, region)
    (self.isFaceFound, self.picture) = (isFaceFound, picture)
  }

  /// How much memory its picture holds.
  var byteCount: Int { picture?.pixels.count ?? 0 }
}

/// Reads moods off photos in two steps; both are called from one thread.
///
/// The queue has photos prepared as they come, and all that are ready then go through the network
/// at once: a face costs half as much among eight as alone.
public protocol MoodService: Sendable {
  /// How many photos are best prepared together: one for each thread.
  var photosAtATime: Int { get }
  /// Decodes photos and finds the faces; a photo that cannot be read does not stop the others.
  ///
  /// - Returns: As many results as photos, in order.
  func prepare(_ photos: [Photo]) -> [Result<PreparedPhoto, ServerError>]
  /// Reads the moods of prepared photos, all in one pass.
  ///
  /// - Returns: As many results as photos, in order.
  func read(_ photos: [PreparedPhoto]) -> [Result<Reading, ServerError>]
  /// Makes ready for passes over so many photos; without it the first such pass takes longer.
  func warmUp(batch: Int)
}

public import FaceFinder
public import ImageDecoding
import ResNetV2
import WeightLoader

/// Finds the faces in a photo, cuts each as training did, and reads its mood.
///
/// ```swift
/// let reader = FaceReader(classifier: classifier, finder: finder)
/// for reading in try reader.read(image, .largest) { print(reading.classification.distribution.mood) }
/// ```
public struct FaceReader: Sendable {
  /// Which part of a photo is looked at.
  public enum Selection: Sendable, Hashable {
    /// The largest face; the whole photo if that is a tight crop of a face already.
    case auto
    /// The largest face that is found.
    case largest
    /// Every face that is found, largest first.
    case all
    /// The whole photo; no face is searched.
    case none
    /// This box around a face, in pixels; it is cut by the same rule as a found one.
    case box(x: Int, y: Int, width: Int, height: Int)
  }

  /// What was looked at.
  public enum Source: String, Sendable, Hashable, Codable {
    /// A face that was found.
    case face
    /// The whole photo, because it is a tight crop of a face.
    case tightCrop = "tight_crop"
    /// The whole photo, as asked for.
    case whole
    /// A box that the caller gave.
    case given
  }

  /// A part of a photo that the network is shown; it may reach beyond the photo.
  public struct Place: Sendable, Hashable {
    /// What was looked at.
    public let source: Source
    /// The face, if one was found there.
    public let face: Face?
    /// The part, in pixels of the photo.
    public let x, y, width, height: Int
  }

  /// One answer.
  public struct Reading: Sendable {
    /// Where it was read.
    public let place: Place
    /// The mood.
    public let classification: MoodClassifier.Classification

    /// Joins a place and what was read there.
    public init(place: Place, classification: MoodClassifier.Classification) {
      (self.place, self.classification) = (place, classification)
    }
  }

  /// Reads the moods.
  public let classifier: MoodClassifier
  /// Finds the faces; nil where none is searched.
  public let finder: FaceFinder?
  /// How faces are searched.
  public var options: FaceFinderOptions

  /// Creates a reader from its two networks.
  ///
  /// Without a finder only ``Selection/none`` and ``Selection/box(x:y:width:height:)`` may be asked
  /// for.
  public init(
    classifier: MoodClassifier, finder: FaceFinder?, options: FaceFinderOptions = .init()
  ) {
    (self.classifier, self.finder, self.options) = (classifier, finder, options)
  }

  /// The moods of the selected faces.
  ///
  /// - Returns: One reading for each face, largest first; none if there is no face and the photo is
  ///   no tight crop.
  /// - Throws: ``MoodClassifier/Failure``.
  /// - Complexity: One search, and one forward pass for all faces.
  public func read(
    _ image: RGBImage, _ selection: Selection = .auto, augmentation: TestTimeAugmentation = .none
  ) throws(MoodClassifier.Failure) -> [Reading] {
    let places = try self.places(in: image, selection)
    var readings: [Reading] = []
    // A batch at a time, so that a picture of a thousand faces needs no more memory than one of 16.
    for start in stride(from: 0, to: places.count, by: 16) {
      let some = places[start..<min(start + 16, places.count)]
      let answers = try classifier.classify(
        some.map { part($0, of: image) }, augmentation: augmentation)
      readings += zip(some, answers).map { Reading(place: $0, classification: $1) }
    }
    return readings
  }

  /// The parts of a photo that ``read(_:_:augmentation:)`` shows the network.
  ///
  /// - Throws: ``MoodClassifier/Failure/search(_:)``.
  public func places(
    in image: RGBImage, _ selection: Selection
  ) throws(MoodClassifier.Failure) -> [Place] {
    func whole(_ source: Source, _ face: Face? = nil) -> Place {
      Place(source: source, face: face, x: 0, y: 0, width: image.width, height: image.height)
    }
    func around(_ box: Face.Box, _ source: Source, _ face: Face? = nil) -> Place {
      let square = square(around: box)
      return Place(
        source: source, face: face, x: square.x, y: square.y, width: square.side,
        height: square.side)
    }
    switch selection {
    case .none: return [whole(.whole)]
    case .box(let x, let y, let width, let height):
      let box = Face.Box(
        x: Float(x), y: Float(y), width: Float(width), height: Float(height))
      return [around(box, .given)]
    case .auto, .largest, .all:
      guard let finder else { preconditionFailure("no finder to search for a face with") }
      var faces: [Face]
      do throws(FaceFinderError) {
        faces = try finder.faces(
          in: image.pixels, width: image.width, height: image.height, options: options)
      } catch { throw .search(error) }
      faces.sort { $0.box.area > $1.box.area }
      if selection == .auto, isTightCrop(image, faces) { return [whole(.tightCrop, faces.first)] }
      return faces.prefix(selection == .all ? faces.count : 1).map { around($0.box, .face, $0) }
    }
  }

  /// The pixels of a place; what lies outside the photo repeats its edge.
  public func part(_ place: Place, of image: RGBImage) -> RGBImage {
    image.cropped(x: place.x, y: place.y, checkedWidth: place.width, height: place.height)
  }

  /// The square that the network is shown for a box.
  private func square(around box: Face.Box) -> (x: Int, y: Int, side: Int) {
    let square = classifier.network.metadata.faceCrop.square(
      x: Double(box.x), y: Double(box.y), width: Double(box.width), height: Double(box.height))
    func whole(_ value: Double) -> Int { Int(min(max(value.rounded(), -65536), 65536)) }
    return (whole(square.x), whole(square.y), max(1, min(whole(square.side), 32768)))
  }

  /// Whether a photo is what training showed the network: nothing but a face.
  ///
  /// So it is if the square for its largest face has at least 80 % of a nearly square photo's side,
  /// or if nothing is found in a nearly square photo of at most 128 pixels.
  func isTightCrop(_ image: RGBImage, _ faces: [Face]) -> Bool {
    let (longer, shorter) = (max(image.width, image.height), min(image.width, image.height))
    guard Double(longer) <= 1.25 * Double(shorter) else { return false }
    guard let face = faces.first else { return longer <= 128 }
    return Double(square(around: face.box).side) >= 0.8 * Double(longer)
  }
}

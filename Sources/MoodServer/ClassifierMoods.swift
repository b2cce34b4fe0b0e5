public import FaceFinder
import ImageDecoding
public import MoodRecommend

/// Reads moods with the network; where no region is given, with the largest face that is found.
public struct ClassifierMoods: MoodService {
  private let classifier: MoodClassifier
  private let reader: FaceReader
  private let overlay: HeatOverlay?
  /// The longer side of a picture that explains.
  private static let heatSide = 448
  /// How many decoded bytes may wait for one forward pass.
  private static let pixelBytes = 64 << 20

  /// Creates the service.
  ///
  /// - Parameters:
  ///   - classifier: The network.
  ///   - finder: What looks for a face.
  ///   - overlay: What explains a reading, of the network's own weights.
  public init(
    classifier: MoodClassifier, finder: FaceFinder, overlay: HeatOverlay? = nil
  ) {
    (self.classifier, self.overlay) = (classifier, overlay)
    reader = FaceReader(classifier: classifier, finder: finder)
  }

  /// Reads each photo; all that fit into memory together go through the network at once.
  public func read(_ photos: [Photo]) -> [Result<Reading, ServerError>] {
    var results: [Result<Reading, ServerError>] = []
    var waiting: [(index: Int, face: Face)] = []
    var bytes = 0
    func flush() {
      let faces = waiting.map(\.face)
      do throws(MoodClassifier.Failure) {
        let answers = try classifier.classify(faces.map(\.image))
        for (place, answer) in zip(waiting, answers) {
          results[place.index] = .success(
            Reading(
              distribution: answer.distribution, isSure: answer.isSure, region: place.face.region,
              isFaceFound: place.face.isFound,
              heat: photos[place.index].wantsHeat
                ? heat(answer.distribution.mood, place.face.image) : nil))
        }
      } catch {}  // the places keep their failure
      (waiting, bytes) = ([], 0)
    }
    for photo in photos {
      results.append(.failure(.failed))
      do throws(ServerError) {
        let face = try face(of: photo)
        waiting.append((results.count - 1, face))
        bytes += face.image.pixels.count
      } catch { results[results.count - 1] = .failure(error) }
      if bytes > Self.pixelBytes { flush() }
    }
    if !waiting.isEmpty { flush() }
    return results
  }

  /// A face with the places that spoke for its mood, of a size for a page.
  private func heat(_ mood: Mood, _ face: RGBImage) -> RGBImage? {
    guard let overlay else { return nil }
    let heat = overlay.heat(mood, of: face, classifier)
    let longer = max(face.width, face.height)
    let picture = face.resized(
      width: max(1, face.width * Self.heatSide / longer),
      height: max(1, face.height * Self.heatSide / longer))
    return reader.places(in: picture, .none).first.map {
      overlay.drawn(heat, over: picture, at: $0)
    }
  }

  private struct Face {
    var image: RGBImage
    var region: Region
    var isFound: Bool
  }

  private func face(of photo: Photo) throws(ServerError) -> Face {
    let image: RGBImage
    switch photo.content {
    case .pixels(let pixels): image = pixels
    case .file(let bytes):
      do throws(ImageError) { image = try RGBImage(decoding: bytes) } catch { throw .image(error) }
    }
    if let region = photo.region {
      guard region.x < image.width, region.y < image.height else {
        throw .regionOutside(region, width: image.width, height: image.height)
      }
      return cut(image, region, isFound: false)
    }
    if let place = reader.places(in: image, .auto).first {
      return Face(
        image: reader.part(place, of: image),
        region: Region(x: place.x, y: place.y, width: place.width, height: place.height),
        isFound: place.face != nil)
    }
    return Face(
      image: image, region: Region(x: 0, y: 0, width: image.width, height: image.height),
      isFound: false)
  }

  /// Cuts what of a region lies in the picture.
  private func cut(_ image: RGBImage, _ region: Region, isFound: Bool) -> Face {
    let (left, top) = (max(0, region.x), max(0, region.y))
    let inside = Region(
      x: left, y: top, width: min(image.width, region.x + region.width) - left,
      height: min(image.height, region.y + region.height) - top)
    let face = image.cropped(x: left, y: top, width: inside.width, height: inside.height)
    return Face(image: face, region: inside, isFound: isFound)
  }
}

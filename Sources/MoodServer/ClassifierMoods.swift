public import FaceFinder
import ImageDecoding
public import MoodRecommend
import Synchronization
import Tensor

/// Reads moods with the network; where no region is given, with the largest face that is found.
public struct ClassifierMoods: MoodService {
  private let classifier: MoodClassifier
  private let reader: FaceReader
  private let overlay: HeatOverlay?
  private let pool: ThreadPool
  /// The longer side of a picture that explains.
  private static let heatSide = 448

  /// One for each thread, at most four: a decoded photo may take 192 MB.
  public var photosAtATime: Int { min(pool.threads, 4) }

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
    pool = .shared(threads: classifier.threads)
  }

  /// Decodes photos and finds their largest faces, each photo by a thread of its own; one photo
  /// alone has all threads.
  public func prepare(_ photos: [Photo]) -> [Result<PreparedPhoto, ServerError>] {
    let results = Mutex(
      [Result<PreparedPhoto, ServerError>](repeating: .failure(.failed), count: photos.count))
    @Sendable func prepare(_ index: Int) {
      let result: Result<PreparedPhoto, ServerError>
      do throws(ServerError) { result = .success(try prepared(photos[index])) } catch {
        result = .failure(error)
      }
      results.withLock { $0[index] = result }
    }
    if photos.count == 1 { prepare(0) } else { pool.forEach(photos.count, prepare) }
    return results.withLock { $0 }
  }

  /// Reads the moods, all in one pass.
  public func read(_ photos: [PreparedPhoto]) -> [Result<Reading, ServerError>] {
    do throws(MoodClassifier.Failure) {
      let answers = try classifier.classify(photos.map(\.face))
      return zip(photos, answers).map { photo, answer in
        .success(
          Reading(
            distribution: answer.distribution, isSure: answer.isSure, region: photo.region,
            isFaceFound: photo.isFaceFound,
            heat: photo.picture.flatMap { heat(answer.distribution.mood, $0) }))
      }
    } catch { return photos.map { _ in .failure(.failed) } }
  }

  /// Plans and packs for a batch of that size: up to 0.6 s at a program's first start.
  public func warmUp(batch: Int) {
    guard let pixel = try? RGBImage(width: 1, height: 1, pixels: [0, 0, 0]) else { return }
    let black = classifier.prepare(pixel)
    _ = try? classifier.classify(Array(repeating: black, count: batch))
  }

  /// A face with the places that spoke for its mood, of a size for a page.
  private func heat(_ mood: Mood, _ face: RGBImage) -> RGBImage? {
    let longer = max(face.width, face.height)
    guard let overlay, let heat = try? overlay.heat(mood, of: face, classifier),
      let picture = try? face.resized(
        width: max(1, face.width * Self.heatSide / longer),
        height: max(1, face.height * Self.heatSide / longer)),
      let place = try? reader.places(in: picture, .none).first
    else { return nil }
    return overlay.drawn(heat, over: picture, at: place)
  }

  private func prepared(_ photo: Photo) throws(ServerError) -> PreparedPhoto {
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
      let inside = part(of: image, region)
      let face: RGBImage
      do throws(ImageError) {
        face = try image.cropped(
          x: inside.x, y: inside.y, width: inside.width, height: inside.height)
      } catch { throw .image(error) }
      return prepared(face, inside, wantsHeat: photo.wantsHeat)
    }
    let places: [FaceReader.Place]
    do throws(MoodClassifier.Failure) { places = try reader.places(in: image, .auto) } catch {
      throw .failed
    }
    if let place = places.first {
      return prepared(
        reader.part(place, of: image),
        Region(x: place.x, y: place.y, width: place.width, height: place.height),
        isFaceFound: place.face != nil, wantsHeat: photo.wantsHeat)
    }
    return prepared(
      image, Region(x: 0, y: 0, width: image.width, height: image.height),
      wantsHeat: photo.wantsHeat)
  }

  private func prepared(
    _ face: RGBImage, _ region: Region, isFaceFound: Bool = false, wantsHeat: Bool
  ) -> PreparedPhoto {
    PreparedPhoto(
      face: classifier.prepare(face), region: region, isFaceFound: isFaceFound,
      picture: wantsHeat ? face : nil)
  }

  /// What of a region lies in the picture.
  private func part(of image: RGBImage, _ region: Region) -> Region {
    let (left, top) = (max(0, region.x), max(0, region.y))
    return Region(
      x: left, y: top, width: min(image.width, region.x + region.width) - left,
      height: min(image.height, region.y + region.height) - top)
  }
}

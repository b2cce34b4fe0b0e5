import FaceFinder
import ImageDecoding
import WeightLoader

/// Finds the faces in a photo, and says what of it the network is shown.
struct FaceCropper: Sendable {
  /// A part of a photo, and how it was chosen.
  struct Crop: Sendable {
    let source: MoodReading.Source
    /// The face, if one was found there.
    let face: Face?
    /// The part, which may reach beyond the photo.
    let rect: PixelRect<Int>
  }

  /// Finds the faces; nil where none is searched.
  let finder: FaceFinder?
  /// How faces are searched.
  let options: FaceFinderOptions
  /// How the square is cut around a face: as training did.
  let rule: FaceCrop

  /// The parts that are read, the largest face first; at least one.
  ///
  /// - Throws: ``MoodVisionError/noFace`` if there is none,
  ///   ``MoodVisionError/regionOutside(_:width:height:)`` for a box without a pixel of the photo.
  func crops(
    in image: RGBImage, _ selection: FaceSelection
  ) throws(MoodVisionError) -> [Crop] {
    switch selection {
    case .wholePicture: return [whole(image, .whole)]
    case .box(let box):
      guard box.overlaps(width: image.width, height: image.height) else {
        throw .regionOutside(box, width: image.width, height: image.height)
      }
      return [Crop(source: .given, face: nil, rect: square(around: box))]
    case .automatic, .largest, .all:
      guard let finder else { preconditionFailure("a reader that searches has a finder") }
      var faces: [Face]
      do throws(FaceFinderError) {
        faces = try finder.faces(
          in: image.pixels, width: image.width, height: image.height, options: options)
      } catch { throw .search(error) }
      faces.sort { $0.box.area > $1.box.area }
      if selection == .automatic, isTightCrop(image, faces) {
        return [whole(image, .tightCrop, faces.first)]
      }
      guard !faces.isEmpty else { throw .noFace }
      return faces.prefix(selection == .all ? faces.count : 1).map {
        Crop(source: .face, face: $0, rect: square(around: $0))
      }
    }
  }

  private func whole(
    _ image: RGBImage, _ source: MoodReading.Source, _ face: Face? = nil
  ) -> Crop {
    Crop(
      source: source, face: face,
      rect: PixelRect(x: 0, y: 0, width: image.width, height: image.height))
  }

  /// The square that the network is shown for a box.
  private func square(around box: PixelRect<Int>) -> PixelRect<Int> {
    square(Double(box.x), Double(box.y), Double(box.width), Double(box.height))
  }

  private func square(around face: Face) -> PixelRect<Int> {
    square(
      Double(face.box.x), Double(face.box.y), Double(face.box.width), Double(face.box.height))
  }

  private func square(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double
  ) -> PixelRect<Int> {
    let square = rule.square(x: x, y: y, width: width, height: height)
    func pixel(_ value: Double) -> Int { Int(min(max(value.rounded(), -65536), 65536)) }
    let side = max(1, min(pixel(square.side), 32768))
    return PixelRect(x: pixel(square.x), y: pixel(square.y), width: side, height: side)
  }

  /// Whether a photo is what training showed the network: nothing but a face.
  ///
  /// So it is if the square for its largest face has at least 80 % of a nearly square photo's side,
  /// or if nothing is found in a nearly square photo of at most 128 pixels.
  private func isTightCrop(_ image: RGBImage, _ faces: [Face]) -> Bool {
    let (longer, shorter) = (max(image.width, image.height), min(image.width, image.height))
    guard Double(longer) <= 1.25 * Double(shorter) else { return false }
    guard let face = faces.first else { return longer <= 128 }
    return Double(square(around: face).width) >= 0.8 * Double(longer)
  }
}

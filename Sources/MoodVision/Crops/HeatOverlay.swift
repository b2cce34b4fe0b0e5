public import ImageDecoding
public import MoodValues
import ResNetV2
public import Tensor
public import WeightLoader

/// Shows on the photo which places spoke for a mood (red) and which against it (blue).
public struct HeatOverlay: Sendable {
  private let maps: ClassActivationMap

  /// Reads the head of the network that a classifier runs.
  ///
  /// - Throws: `WeightError` if a tensor is missing or has another shape.
  public init(weights: WeightFile) throws(WeightError) {
    maps = try ClassActivationMap(weights: weights)
  }

  /// The map of one mood for a face.
  ///
  /// - Parameters:
  ///   - mood: Which mood's logit is explained; no read-out changes its map.
  ///   - face: What the network is shown.
  ///   - classifier: The network, of the same weights.
  ///   - augmentation: Views whose logits are averaged. The map is then the mean of the face's and
  ///     its mirror image's, as the averaged logit's is; of ``TestTimeAugmentation/ten`` these two
  ///     whole views stand for the crops.
  /// - Returns: `[h, w]`, of the size of the last feature map.
  /// - Throws: ``MoodVisionError/engine(_:)``; ``MoodVisionError/invalidOption(name:value:expected:)``
  ///   if the classifier's network is no ResNetV2.
  public func heat(
    _ mood: Mood, of face: RGBImage, _ classifier: MoodClassifier,
    augmentation: TestTimeAugmentation = .standard
  ) throws(MoodVisionError) -> Tensor {
    guard let network = classifier.network else {
      throw .invalidOption(
        name: "classifier", value: "another network", expected: "a ResNetV2 with a weight file")
    }
    do throws(TensorError) {
      let views = augmentation == .none ? augmentation : .flip
      let inputs = try classifier.inputs(classifier.prepare(face, augmentation: views))
      var sums: [Float] = []
      var shape: Shape = []
      for (view, input) in inputs.enumerated() {
        let output = try network(input, taps: ["post_relu"])
        guard let features = output.taps["post_relu"],
          let index = classifier.metadata.classNames.firstIndex(of: mood.rawValue)
        else { preconditionFailure("a classifier has all moods, and its network a post_relu") }
        let map = try maps.heat(features, class: index)
        shape = map.shape
        let width = map.shape[1]
        if view == 0 { sums = [Float](repeating: 0, count: map.elements.count) }
        for place in sums.indices {
          let x = place % width
          sums[place] += map.elements[view == 0 ? place : place - x + width - 1 - x]
        }
      }
      return try Tensor(shape, sums.map { $0 / Float(inputs.count) })
    } catch { throw .engine(error) }
  }

  /// The photo with a heat map over a part of it.
  ///
  /// The map is interpolated between the centres of its cells. Half of a pixel's colour is the
  /// map's where it is strongest, nothing where it is zero.
  ///
  /// - Parameters:
  ///   - heat: `[h, w]`.
  ///   - image: The photo.
  ///   - place: The part that the map belongs to: the reading's crop.
  /// - Returns: A photo of the same size.
  public static func drawn(_ heat: Tensor, over image: RGBImage, at place: PixelRect<Int>)
    -> RGBImage
  {
    let (rows, columns) = (heat.shape[0], heat.shape[1])
    let strongest = heat.elements.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
    func value(_ x: Int, _ y: Int) -> Float {
      func axis(_ position: Int, _ extent: Int, _ cells: Int) -> (Int, Int, Float) {
        let p = (Float(position) + 0.5) / Float(extent) * Float(cells) - 0.5
        let first = Int(p.rounded(.down))
        return (min(max(first, 0), cells - 1), min(max(first + 1, 0), cells - 1), p - Float(first))
      }
      let (x0, x1, u) = axis(x, place.width, columns)
      let (y0, y1, v) = axis(y, place.height, rows)
      let h = heat.elements
      let top = h[y0 * columns + x0] * (1 - u) + h[y0 * columns + x1] * u
      let bottom = h[y1 * columns + x0] * (1 - u) + h[y1 * columns + x1] * u
      return (top * (1 - v) + bottom * v) / strongest
    }
    var pixels = image.pixels
    for y in max(0, place.y)..<max(0, place.y, min(image.height, place.y + place.height)) {
      for x in max(0, place.x)..<max(0, place.x, min(image.width, place.x + place.width)) {
        let heat = value(x - place.x, y - place.y)
        let share = min(abs(heat), 1) / 2
        let colour: [Float] = heat > 0 ? [255, 32, 0] : [0, 64, 255]
        for c in 0..<3 {
          let i = (y * image.width + x) * 3 + c
          pixels[i] = UInt8(Float(pixels[i]) * (1 - share) + colour[c] * share)
        }
      }
    }
    return RGBImage(checkedWidth: image.width, height: image.height, pixels: pixels)
  }
}

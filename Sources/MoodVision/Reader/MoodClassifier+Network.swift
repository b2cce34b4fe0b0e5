import Foundation
public import Tensor
import WeightLoader

extension MoodClassifier {
  /// Wraps a network of one's own that tells the seven moods apart.
  ///
  /// - Parameters:
  ///   - network: One input, `[N, H, W, C]` or, as in ONNX files, `[N, C, H, W]`, of 1 or 3 channels;
  ///     the first output `[N, classes]`.
  ///   - labels: What goes in, and what comes out.
  /// - Throws: ``MoodVisionError/labels(name:value:expected:)`` if the two do not fit each
  ///   other, ``MoodVisionError/engine(_:)`` if the network cannot run on such a picture.
  public init(network: Network, labels: MoodLabels) throws(MoodVisionError) {
    let input = try PictureInput(network.graph, labels)
    var metadata = try labels.metadata(height: input.height, width: input.width)
    let color = labels.color ?? (input.channels == 1 ? .gray : .rgb)
    metadata.isGray = color == .gray
    let (height, width) = (metadata.inputHeight ?? 224, metadata.inputWidth ?? 224)
    let found: [Int]
    do throws(TensorError) {
      let shapes = try network.graph.outputShapes(inputs: [Shape(input.extents(height, width))])
      found = network.graph.outputs.first.map { shapes[$0].dimensions } ?? []
    } catch { throw .engine(error) }
    let count = labels.classes.count
    guard found.reduce(1, *) == count else {
      throw .labels(
        name: "classes", value: "\(count) names",
        expected: "one for each of the network's outputs, which are \(found)")
    }
    let isProbabilities = labels.output.map { $0 == .probabilities } ?? network.graph.endsInSoftmax
    self.init(metadata: metadata) { (pictures) throws(TensorError) in
      let values = try network(input.arranged(pictures, reversed: color == .bgr))
      let logits = isProbabilities ? values.elements.map { logarithm($0) } : values.elements
      return try Tensor([pictures.shape[0], count], logits)
    }
  }
}

/// Of a probability; of zero a number that softmax takes for it.
private func logarithm(_ probability: Float) -> Float {
  probability > 0 ? log(probability) : -103
}

/// How a network wants its pictures.
private struct PictureInput {
  /// Pixels; nil where any will do.
  let height, width: Int?
  let channels: Int
  let isChannelsFirst: Bool
  /// Whether an axis of one image stands in front of the picture's own.
  let isNested: Bool

  init(_ graph: Graph, _ labels: MoodLabels) throws(MoodVisionError) {
    var extents: [Int?] = []
    if graph.inputs.count == 1, case .input(let shape) = graph.nodes[graph.inputs[0]].operation {
      extents = shape
    }
    isNested = extents.count == 4 && extents[0] == 1
    if isNested { extents.removeFirst() }
    guard extents.count == 3,
      let channels = [extents[2], extents[0]].compactMap({ $0 }).first(
        where: { [1, 3].contains($0) })
    else {
      throw .labels(
        name: "network", value: "of the inputs \(graph.inputs.map { graph.nodes[$0].operation })",
        expected: "one input, a picture of 1 or 3 channels")
    }
    self.channels = channels
    isChannelsFirst = ![1, 3].contains(extents[2] ?? 0)
    (height, width) = isChannelsFirst ? (extents[1], extents[2]) : (extents[0], extents[1])
    if channels == 1, labels.color == .rgb || labels.color == .bgr {
      throw .labels(
        name: "color", value: "\(labels.color?.rawValue ?? "")",
        expected: "gray, as the network reads one channel")
    }
  }

  func extents(_ height: Int, _ width: Int) -> [Int] {
    (isNested ? [1] : [])
      + (isChannelsFirst ? [channels, height, width] : [height, width, channels])
  }

  /// Pictures `[N, H, W, 3]` as the network wants them; `reversed` has blue in front.
  func arranged(_ pictures: Tensor, reversed: Bool) throws(TensorError) -> Tensor {
    let d = pictures.shape.dimensions
    let (n, h, w) = (d[0], d[1], d[2])
    let from = pictures.elements
    var elements = [Float](repeating: 0, count: n * h * w * channels)
    for image in 0..<n {
      for pixel in 0..<h * w {
        for channel in 0..<channels {
          let place =
            isChannelsFirst
            ? (image * channels + channel) * h * w + pixel
            : (image * h * w + pixel) * channels + channel
          elements[place] = from[(image * h * w + pixel) * 3 + (reversed ? 2 - channel : channel)]
        }
      }
    }
    return try Tensor(Shape([n] + extents(h, w)), elements)
  }
}

extension Graph {
  /// Whether the first output is a softmax's.
  fileprivate var endsInSoftmax: Bool {
    guard var index = outputs.first else { return false }
    while case .reshape = nodes[index].operation { index = nodes[index].inputs[0] }
    return [0, 1].contains { nodes[index].operation == .softmax(axis: $0) }
  }
}

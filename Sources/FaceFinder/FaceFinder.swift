public import Tensor
public import WeightLoader

/// Finds faces in pictures: YuNet, as OpenCV's `FaceDetectorYN` runs it.
///
/// Wu, Peng and Yu 2023, "YuNet: A Tiny Millisecond-level Face Detector", Machine Intelligence
/// Research 20. Safe to share between threads; several may search at once.
///
/// ```swift
/// let finder = try FaceFinder(path: "Weights/face.safetensors")
/// for face in try finder.faces(in: pixels, width: 640, height: 480) {
///   print(face.box, face.score)
/// }
/// ```
public final class FaceFinder: Sendable {
  private let network: Network

  /// Loads the detector from a file as Weights/FACE.md describes it.
  ///
  /// - Throws: `WeightError` if the file cannot be read, breaks a rule of its
  ///   format, or lacks a tensor.
  public convenience init(
    path: String, options: EngineOptions = .init()
  ) throws(WeightError) {
    try self.init(weights: SafetensorsFile(path: path), options: options)
  }

  /// Loads the detector from a file that is open already.
  ///
  /// - Throws: `WeightError` if its metadata or tensors are not the detector's, or the engine
  ///   refuses the options.
  public init(weights: SafetensorsFile, options: EngineOptions = .init()) throws(WeightError) {
    let net = try YuNet(metadata: weights.metadata)
    let graph: Graph
    do throws(TensorError) { graph = try net.graph() } catch { throw .refusedByEngine(error) }
    let tensors = try weights.tensors(exactly: graph.parameters)
    do throws(TensorError) {
      network = try Network(graph, options: options) { tensors[$0] }
    } catch { throw .refusedByEngine(error) }
  }

  /// The faces in a picture, best score first.
  ///
  /// - Parameters:
  ///   - pixels: `[height, width, 3]`, red, green, blue.
  ///   - width: The picture's width, at least 1.
  ///   - height: The picture's height, at least 1.
  ///   - options: How to search.
  /// - Returns: The faces; none if there is none.
  /// - Throws: ``FaceFinderError`` unless there are as many bytes as the picture has, or if the
  ///   engine lacks memory for it.
  /// - Complexity: 0.4 G multiply–adds for 640×480 pixels, whatever is in them.
  public func faces(
    in pixels: [UInt8], width: Int, height: Int, options: FaceFinderOptions = .init()
  ) throws(FaceFinderError) -> [Face] {
    guard width > 0, height > 0, let expected = Shape.count(of: [height, width, 3]) else {
      throw .invalidSize(width: width, height: height)
    }
    guard pixels.count == expected else {
      throw .byteCount(expected: expected, found: pixels.count)
    }
    do throws(TensorError) {
      return try search(pixels, width, height, options)
    } catch { throw .refusedByEngine(error) }
  }

  /// The search, at other sizes too if the options say so.
  private func search(
    _ pixels: [UInt8], _ width: Int, _ height: Int, _ options: FaceFinderOptions
  ) throws(TensorError) -> [Face] {
    let side = max(width, height)
    let first = min(side, options.maximumSide)
    func found(atSide new: Int) throws(TensorError) -> [Face] {
      try search(pixels, width, height, side: new, options)
    }
    var faces = try found(atSide: first)
    let isSettled =
      switch options.otherScales {
      case .never: true
      case .ifNoneFound: !faces.isEmpty
      case .always: false
      }
    if !isSettled {
      if first >= 64 { faces += try found(atSide: first / 2) }
      if first < side { faces += try found(atSide: min(side, 2 * first)) }
      faces = suppressed(faces, overlap: options.overlapThreshold, topK: options.topK)
    }
    return faces
  }

  /// One search, with the picture's longer side made `side` pixels.
  private func search(
    _ pixels: [UInt8], _ width: Int, _ height: Int, side: Int, _ options: FaceFinderOptions
  ) throws(TensorError) -> [Face] {
    let longest = max(width, height)
    if side == longest { return try searchAsIs(pixels, width, height, options) }
    let (newWidth, newHeight) = (
      max(1, (width * side + longest / 2) / longest),
      max(1, (height * side + longest / 2) / longest)
    )
    let small = downscaled(pixels, width: width, height: height, to: newWidth, newHeight)
    let factor = Float(longest) / Float(side)
    return try searchAsIs(small, newWidth, newHeight, options).map { $0.scaled(by: factor) }
  }

  /// One search of the picture as it is.
  private func searchAsIs(
    _ pixels: [UInt8], _ width: Int, _ height: Int, _ options: FaceFinderOptions
  ) throws(TensorError) -> [Face] {
    let (columns, rows) = ((width + 31) / 32 * 32, (height + 31) / 32 * 32)
    let filled =
      columns == width && rows == height
      ? pixels : padded(pixels, width, height, to: columns, rows)
    let heads = YuNet.strides.map { YuNet.head($0) }
    let values = try network.run(
      bytes: filled.span, height: rows, width: columns, keeping: Array(heads.dropLast()))
    var candidates: [Face] = []
    for (stride, head) in zip(YuNet.strides, heads) {
      guard let value = values[head] else { preconditionFailure("\(head) was kept") }
      candidates += YuNet.decode(value, stride: stride, threshold: options.scoreThreshold)
    }
    return suppressed(candidates, overlap: options.overlapThreshold, topK: options.topK)
  }

  /// Zeros at the right and below.
  private func padded(
    _ pixels: [UInt8], _ width: Int, _ height: Int, to columns: Int, _ rows: Int
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(columns * rows * 3)
    for y in 0..<height {
      result += pixels[y * width * 3..<(y + 1) * width * 3]
      result += repeatElement(0, count: (columns - width) * 3)
    }
    result += repeatElement(0, count: (rows - height) * columns * 3)
    return result
  }
}

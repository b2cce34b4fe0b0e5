import FaceFinder
public import ImageDecoding
public import MoodValues
public import ResNetV2
public import Tensor
public import WeightLoader

/// Reads moods off pictures that are nothing but a face, cut as training cut its faces.
///
/// For photos use ``MoodReader``, which finds and cuts the faces: of a whole portrait this answers
/// something else, and with confidence.
public struct MoodClassifier: Sendable {
  /// What is known of the network: classes, input size, pixels, temperature.
  public let metadata: ModelMetadata
  /// The network of a weight file; nil if the network is one of your own.
  public let network: ResNetV2?
  /// Height and width of the network's input in pixels.
  public let inputHeight, inputWidth: Int
  /// How photos are brought to that size: as training did.
  public let filter: ResamplingFilter
  /// For each mood in the order of `Mood.allCases` its place among the network's outputs.
  private let outputs: [Int]
  /// The network's logits, `[N, classes]`, of pictures `[N, H, W, 3]`.
  private let logits: @Sendable (Tensor) throws(TensorError) -> Tensor

  /// What the network says of one face.
  public struct Classification: Sendable, Equatable {
    /// Sums of the last layer in the order of `Mood.allCases`, the mean over augmented views.
    public let logits: [Float]
    /// The probabilities, as the read-out makes them.
    public let distribution: MoodDistribution
    /// Whether the largest probability reaches the weight file's `abstain_below`; if not, the
    /// honest answer is "not sure".
    public let isSure: Bool
  }

  /// Loads a network that tells the seven moods apart; with the engine `vector` an answer does not
  /// depend on what else is in its batch.
  ///
  /// - Throws: `WeightError` if the file is refused, or its classes are not the seven moods.
  public init(weights: WeightFile, options: EngineOptions = .init()) throws(WeightError) {
    var options = options
    options.isBatchInvariant = true
    try self.init(network: ResNetV2(weights: weights, options: options))
  }

  /// Wraps a network that tells the seven moods apart.
  ///
  /// - Throws: `WeightError.badMetadata` if its classes are others.
  public init(network: ResNetV2) throws(WeightError) {
    let metadata = network.metadata
    guard metadata.classNames.count == Mood.allCases.count,
      Mood.allCases.allSatisfy({ metadata.classNames.contains($0.rawValue) })
    else {
      throw .badMetadata(
        key: "class_names", value: metadata.classNames.joined(separator: ", "),
        expected: "the moods " + Mood.allCases.map(\.rawValue).joined(separator: ", "))
    }
    guard ResamplingFilter(rawValue: metadata.resampling) != nil else {
      throw .badMetadata(
        key: "resampling", value: metadata.resampling,
        expected: ResamplingFilter.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self.init(metadata: metadata, network: network) { (pictures) throws(TensorError) in
      try network(pictures).logits
    }
  }

  /// - Precondition: The classes hold the seven moods, and the resampling is known.
  init(
    metadata: ModelMetadata, network: ResNetV2? = nil,
    logits: @escaping @Sendable (Tensor) throws(TensorError) -> Tensor
  ) {
    (self.metadata, self.network, self.logits) = (metadata, network, logits)
    outputs = Mood.allCases.compactMap { metadata.classNames.firstIndex(of: $0.rawValue) }
    precondition(outputs.count == Mood.allCases.count, "a mood has no class")
    filter = ResamplingFilter(rawValue: metadata.resampling) ?? .bilinear
    inputHeight = metadata.inputHeight ?? 224
    inputWidth = metadata.inputWidth ?? 224
  }

  /// What the network is fed for a photo, `[1, H, W, 3]`: grey if the weights say so, resized,
  /// scaled.
  public func input(for image: RGBImage) -> Tensor {
    metadata.preprocess(
      checked: bytes(of: image, height: inputHeight, width: inputWidth), height: inputHeight,
      width: inputWidth)
  }

  /// A face made ready for the network: small, whatever the size of the photo that it is from.
  struct PreparedFace: Sendable {
    /// Each view's bytes at the network's size, `[H, W, C]`.
    fileprivate let views: [[UInt8]]
  }

  /// Makes a face ready: grey if the weights say so, resized, in as many views as wanted.
  func prepare(_ image: RGBImage, augmentation: TestTimeAugmentation) -> PreparedFace {
    PreparedFace(
      views: augmentation.views(height: inputHeight, width: inputWidth) { height, width in
        bytes(of: image, height: height, width: width)
      })
  }

  /// What the network is fed for each view of a face, `[1, H, W, 3]`.
  func inputs(_ face: PreparedFace) throws(TensorError) -> [Tensor] {
    var inputs: [Tensor] = []
    for view in face.views {
      inputs.append(
        try metadata.preprocess(view, height: inputHeight, width: inputWidth))
    }
    return inputs
  }

  /// Classifies faces, all in one pass.
  ///
  /// - Parameters:
  ///   - crops: Faces, tightly cropped, upright.
  ///   - augmentation: Views of each face whose logits are averaged.
  ///   - readOut: How logits become probabilities; nil for ``ReadOut/standard(_:)``.
  /// - Returns: As many answers as crops, in order.
  /// - Throws: ``MoodVisionError``.
  /// - Complexity: One forward pass for each view.
  public func classify(
    crops: [RGBImage], augmentation: TestTimeAugmentation = .standard,
    readOut: ReadOut? = nil
  ) throws(MoodVisionError) -> [Classification] {
    try classify(crops.map { prepare($0, augmentation: augmentation) }, readOut)
  }

  /// Classifies faces that are ready, all in one pass.
  ///
  /// - Returns: As many answers as faces, in order.
  /// - Throws: ``MoodVisionError``.
  /// - Precondition: All faces have as many views.
  func classify(
    _ faces: [PreparedFace], _ readOut: ReadOut?
  ) throws(MoodVisionError) -> [Classification] {
    let adjustment = try (readOut ?? .standard(metadata)).adjustment(metadata)
    guard let views = faces.first?.views.count else { return [] }
    precondition(faces.allSatisfy { $0.views.count == views }, "unequal numbers of views")
    let logits: Tensor  // [N · views, moods]
    do throws(TensorError) {
      var elements: [Float] = []
      elements.reserveCapacity(faces.count * views * inputHeight * inputWidth * 3)
      for face in faces {
        for input in try inputs(face) { elements += input.elements }
      }
      let shape = try Shape([faces.count * views, inputHeight, inputWidth, 3])
      logits = try self.logits(Tensor(shape, elements))
    } catch { throw .engine(error) }
    var result: [Classification] = []
    for face in faces.indices {
      let mean = outputs.map { output in
        (0..<views).reduce(Float(0)) {
          $0 + logits.elements[(face * views + $1) * metadata.classNames.count + output]
        } / Float(views)
      }
      result.append(try classification(logits: mean, adjustment))
    }
    return result
  }

  /// The answer for logits in the order of `Mood.allCases`, and what is added to each output.
  private func classification(
    logits: [Float], _ adjustment: [Float]?
  ) throws(MoodVisionError) -> Classification {
    let probabilities: Tensor
    do throws(TensorError) {
      let temperature = metadata.temperature ?? 1
      let adjusted = zip(logits, outputs).map { logit, output in
        logit + temperature * (adjustment?[output] ?? 0)
      }
      probabilities = try Tensor([logits.count], adjusted).softmax(temperature: temperature)
    } catch { throw .engine(error) }
    let distribution: MoodDistribution
    do { distribution = try MoodDistribution(probabilities: probabilities.elements) } catch {
      throw .notFinite
    }
    return Classification(
      logits: logits, distribution: distribution,
      isSure: distribution.confidence >= metadata.abstainBelow ?? 0)
  }

  private func bytes(of image: RGBImage, height: Int, width: Int) -> [UInt8] {
    metadata.isGray
      ? image.grayResized(checkedWidth: width, height: height, filter: filter)
      : image.resized(checkedWidth: width, height: height, filter: filter).pixels
  }
}

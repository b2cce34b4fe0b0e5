public import Foundation
import ImageDecoding
import MoodValues
import WeightLoader

/// How an emotion network of one's own is fed, and what its outputs mean: a small JSON file beside
/// the network.
///
/// ```json
/// {
///   "classes": ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"],
///   "color": "gray", "mean": [0.5], "std": [0.5], "resampling": "bilinear"
/// }
/// ```
/// Only `classes` is needed. A key that is not one of these is refused, as it would change nothing.
public struct MoodLabels: Sendable, Equatable, Codable {
  /// The colours that a network reads.
  public enum Color: String, Sendable, Codable, CaseIterable {
    /// Red, green, blue.
    case rgb
    /// Blue, green, red, as OpenCV has them.
    case bgr
    /// Grey (ITU-R 601 luma), in every channel that the network has.
    case gray
  }

  /// What a network's output holds.
  public enum Output: String, Sendable, Codable, CaseIterable {
    /// Sums, of which the softmax is taken here.
    case logits
    /// Probabilities.
    case probabilities
  }

  /// The output's classes in order: the seven moods, and `contempt` if the network has it, which is
  /// no mood and whose share is left out. Words of data sets will do: `anger`, `happiness`, `fearful`.
  public var classes: [String]
  /// The colours; nil is grey for a network of one channel, else red, green, blue.
  public var color: Color?
  /// Network input = (byte / 255 − mean) / std, one number or one for each channel in the network's
  /// order; nil is 0 and 1.
  public var mean, std: [Double]?
  /// Height and width in pixels, where the network takes any; nil is 224.
  public var inputSize: [Int]?
  /// How faces are brought to the network's size, a `ResamplingFilter`'s name; nil is `bilinear`.
  public var resampling: String?
  /// What the output holds; nil is seen from the network's last layer.
  public var output: Output?
  /// Probabilities are softmax(logits / temperature), 0.001…1000; nil is 1.
  public var temperature: Double?
  /// Below this largest probability, 0…1, the answer is "not sure"; nil is never.
  public var abstainBelow: Double?
  /// The square around a face that the network was trained on: its side is this multiple of the
  /// width of the box that the face detector draws, 0.1…10; nil is 1.23.
  public var cropFactor: Double?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case classes, color, mean, std, resampling, output, temperature
    case inputSize = "input_size"
    case abstainBelow = "abstain_below"
    case cropFactor = "crop_factor"
  }

  /// Names the classes; everything else is as in a file that says nothing more.
  public init(classes: [String]) { self.classes = classes }

  /// Reads a JSON file.
  ///
  /// - Throws: ``MoodVisionError/labels(name:value:expected:)``.
  public init(contentsOf url: URL) throws(MoodVisionError) {
    guard let size = try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize, size <= 1 << 20,
      let json = try? Data(contentsOf: url)
    else {
      throw .labels(
        name: "labels", value: url.path, expected: "a JSON file of at most 1 MB that can be read")
    }
    try self.init(json: json)
  }

  /// Reads JSON.
  ///
  /// - Throws: ``MoodVisionError/labels(name:value:expected:)``.
  public init(json: Data) throws(MoodVisionError) {
    let known = Set(CodingKeys.allCases.map(\.rawValue))
    let members = (try? JSONSerialization.jsonObject(with: json)) as? [String: Any]
    if let other = members?.keys.filter({ !known.contains($0) }).min() {
      throw .labels(
        name: "labels", value: "a file with \(other)",
        expected: "JSON with no other keys than " + known.sorted().joined(separator: ", "))
    }
    do { self = try JSONDecoder().decode(MoodLabels.self, from: json) } catch {
      throw .labels(name: "labels", value: "\(json.count) bytes", expected: Self.reason(error))
    }
    _ = try moods()
    _ = try metadata(height: 224, width: 224)
  }

  /// The mood of each output; nil for contempt.
  func moods() throws(MoodVisionError) -> [Mood?] {
    let words: [String: Mood] = [
      "anger": .angry, "disgusted": .disgust, "fearful": .fear, "afraid": .fear, "scared": .fear,
      "happiness": .happy, "joy": .happy, "sadness": .sad, "surprised": .surprise,
    ]
    let names = classes.map { $0.lowercased() }
    let moods = names.map { Mood(rawValue: $0) ?? words[$0] }
    let others = zip(names, moods).filter { $0.1 == nil }.map(\.0)
    guard Set(moods.compactMap { $0 }).count == Mood.allCases.count, others.count <= 1,
      moods.count == Mood.allCases.count + others.count, others.allSatisfy({ $0 == "contempt" })
    else {
      throw .labels(
        name: "classes", value: classes.joined(separator: ", "),
        expected: Mood.allCases.map(\.rawValue).joined(separator: ", ")
          + ", each once and in any order, and contempt if the network has it")
    }
    return moods
  }

  /// How the pictures are made ready, for a network of that input in pixels.
  func metadata(height: Int?, width: Int?) throws(MoodVisionError) -> ModelMetadata {
    let size = inputSize ?? []
    try check(
      "input_size", size, size.count <= 2 && size.allSatisfy((8...4096).contains),
      "a side, or height and width, in an array: 8 to 4096")
    let filter = resampling ?? "bilinear"
    try check(
      "resampling", filter, ResamplingFilter(rawValue: filter) != nil,
      "one of " + ResamplingFilter.allCases.map(\.rawValue).joined(separator: ", "))
    let (mean, std) = (mean ?? [0], std ?? [1])
    let count = [1, 3]
    try check(
      "mean", mean, count.contains(mean.count) && mean.allSatisfy { abs($0) <= 1e3 },
      "one number, or one for each of three channels, −1000 to 1000")
    try check(
      "std", std, count.contains(std.count) && std.allSatisfy((1e-4...1e4).contains),
      "one number, or one for each of three channels, 0.0001 to 10000")
    let temperature = temperature ?? 1
    try check("temperature", temperature, (1e-3...1e3).contains(temperature), "0.001 to 1000")
    if let sure = abstainBelow {
      try check("abstain_below", sure, (0...1).contains(sure), "0 to 1")
    }
    let factor = cropFactor ?? FaceCrop.standard.factor
    try check("crop_factor", factor, (0.1...10).contains(factor), "0.1 to 10")
    var metadata = ModelMetadata(
      architecture: "other", inputHeight: height ?? size.first ?? 224,
      inputWidth: width ?? size.last ?? 224,
      classNames: try moods().map { $0?.rawValue ?? "contempt" }, headLayers: [])
    metadata.resampling = filter
    metadata.pixelScale = (0..<3).map { Float(1 / (255 * std[std.count == 1 ? 0 : $0])) }
    metadata.pixelOffset = (0..<3).map {
      Float(-mean[mean.count == 1 ? 0 : $0] / std[std.count == 1 ? 0 : $0])
    }
    if color == .bgr {
      // The numbers are in the network's order, the metadata's in that of red, green, blue.
      metadata.pixelScale.reverse()
      metadata.pixelOffset.reverse()
    }
    metadata.temperature = Float(temperature)
    metadata.abstainBelow = abstainBelow.map { Float($0) }
    metadata.faceCrop = FaceCrop(measure: .width, factor: factor)
    return metadata
  }

  private func check(
    _ name: String, _ value: some Any, _ isGood: Bool, _ expected: String
  ) throws(MoodVisionError) {
    if !isGood { throw .labels(name: name, value: "\(value)", expected: expected) }
  }

  /// What is wrong with a file, in a few words.
  private static func reason(_ error: any Error) -> String {
    let context: DecodingError.Context? =
      switch error {
      case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
        DecodingError.dataCorrupted(let context):
        context
      default: nil
      }
    if case DecodingError.keyNotFound(let key, _) = error {
      return "a JSON object with \(key.stringValue)"
    }
    guard let path = context?.codingPath, !path.isEmpty else { return "a JSON object" }
    return "a value of the right kind at " + path.map(\.stringValue).joined(separator: ".")
  }
}

import Foundation
import ImageDecoding
import MoodVision
import Tensor
import Testing

/// A network of one's own: how its pictures are made ready, and what its outputs are taken for.
struct OwnNetworkTests {
  static let names = ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear"]

  /// A network whose sums are the bias, whatever it sees, behind one 1×1 convolution of the picture.
  private static func constant(
    _ bias: [Float], input: [Int?] = [8, 8, 3], kernel: Float = 0
  ) throws -> Network {
    var graph = Graph()
    let isChannelsFirst = input.first == 1 || input.first == 3
    var last = try graph.add("picture", .input(shape: input))
    if isChannelsFirst {
      last = try graph.add("turned", .transpose([1, 2, 0]), last)
    }
    let channels = (isChannelsFirst ? input[0] : input[2]) ?? 3
    last = try graph.add("pool", .globalAveragePooling, last)
    last = try graph.add("dense", .dense(input: channels, output: bias.count), last)
    // Output 0 sees the first channel, output 1 the second, and so on.
    var weights = [Float](repeating: 0, count: channels * bias.count)
    for channel in 0..<min(channels, bias.count) {
      weights[channel * bias.count + channel] = kernel
    }
    let (kernels, biases) = (
      try Tensor([channels, bias.count], weights), try Tensor([bias.count], bias)
    )
    return try Network(graph) { $0 == "dense/kernel" ? kernels : biases }
  }

  private func answer(
    _ network: Network, _ labels: MoodLabels, _ pixel: [UInt8] = [255, 0, 0]
  ) throws -> MoodClassifier.Classification {
    let classifier = try MoodClassifier(network: network, labels: labels)
    let picture = try RGBImage(
      width: 8, height: 8, pixels: (0..<64).flatMap { _ in pixel })
    return try classifier.classify(crops: [picture])[0]
  }

  @Test func putsTheClassesInTheirPlaces() throws {
    let sums: [Float] = [0, 1, 2, 3, 4, 5, 6]
    let found = try answer(Self.constant(sums), MoodLabels(classes: Self.names))
    // angry, disgust, fear, happy, neutral, sad, surprise
    #expect(found.logits == [4, 5, 6, 1, 0, 3, 2])
    let total = sums.reduce(0) { $0 + exp($1 - 6) }
    #expect(abs(found.distribution[.fear] - 1 / total) < 1e-6)
    #expect(found.isSure)
  }

  @Test func leavesContemptOut() throws {
    let labels = MoodLabels(classes: ["contempt"] + Self.names)
    let found = try answer(Self.constant([9, 0, 1, 2, 3, 4, 5, 6]), labels)
    #expect(found.logits == [4, 5, 6, 1, 0, 3, 2])
    #expect(abs(found.distribution.probabilities.reduce(0, +) - 1) < 1e-6)
  }

  @Test func takesProbabilitiesAndATemperature() throws {
    let shares: [Float] = [0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]
    var labels = MoodLabels(classes: Self.names)
    labels.output = .probabilities
    #expect(try abs(answer(Self.constant(shares), labels).distribution[.neutral] - 0.4) < 1e-5)
    labels.temperature = 0.5
    labels.abstainBelow = 0.9
    let found = try answer(Self.constant(shares), labels)
    #expect(abs(found.distribution[.neutral] - 0.16 / 0.22) < 1e-5)
    #expect(!found.isSure)
  }

  @Test(arguments: [[8, 8, 3], [3, 8, 8]])
  func feedsColours(_ input: [Int]) throws {
    let network = try Self.constant([0, 0, 0, 0, 0, 0, 0], input: input, kernel: 1)
    var labels = MoodLabels(classes: Self.names)
    let (red, green, blue) = (200.0 / 255, 100.0 / 255, 50.0 / 255)
    func sums() throws -> [Float] {
      let logits = try answer(network, labels, [200, 100, 50]).logits
      return [logits[4], logits[3], logits[6]]  // neutral, happy, surprise: outputs 0, 1, 2
    }
    func expect(_ wanted: [Double]) throws {
      for (a, b) in zip(try sums(), wanted) { #expect(abs(Double(a) - b) < 1e-5) }
    }
    try expect([red, green, blue])
    (labels.mean, labels.std) = ([0.5, 0.25, 0], [0.5, 1, 2])
    try expect([(red - 0.5) / 0.5, green - 0.25, blue / 2])
    labels.color = .bgr
    try expect([(blue - 0.5) / 0.5, green - 0.25, red / 2])
    (labels.mean, labels.std, labels.color) = (nil, nil, .gray)
    let luma = (try sums())[0]
    #expect(abs(Double(luma) - 124.0 / 255) < 0.005)
    try expect([Double(luma), Double(luma), Double(luma)])
  }

  @Test func feedsGreyToOneChannel() throws {
    let network = try Self.constant(
      [0, 0, 0, 0, 0, 0, 0], input: [1, 8, 8], kernel: 1)
    var labels = MoodLabels(classes: Self.names)
    #expect(try abs(answer(network, labels, [90, 90, 90]).logits[4] - 90 / 255) < 1e-5)
    labels.color = .rgb
    #expect(throws: MoodVisionError.self) { try answer(network, labels) }
  }

  @Test(arguments: [
    (["happy"], "classes"), (names + ["boredom"], "classes"), (names + ["joy"], "classes"),
    (names + ["contempt", "contempt"], "classes"),
  ])
  func refusesOtherClasses(_ classes: [String], _ name: String) throws {
    let network = try Self.constant([Float](repeating: 0, count: classes.count))
    #expect {
      _ = try MoodClassifier(network: network, labels: MoodLabels(classes: classes))
    } throws: {
      if case MoodVisionError.labels(name, _, _) = $0 { true } else { false }
    }
  }

  @Test func refusesAnotherNumberOfOutputs() throws {
    let network = try Self.constant([0, 0, 0])
    #expect {
      _ = try MoodClassifier(network: network, labels: MoodLabels(classes: Self.names))
    } throws: {
      "\($0)".contains("classes is 7 names; it must be one for each of the network's outputs")
    }
  }

  @Test func refusesAnInputThatIsNoPicture() throws {
    var graph = Graph()
    let input = try graph.add("numbers", .input(shape: [5]))
    _ = try graph.add("relu", .relu, input)
    let network = try Network(graph) { _ in nil }
    #expect {
      _ = try MoodClassifier(network: network, labels: MoodLabels(classes: Self.names))
    } throws: {
      "\($0)".contains("one input, a picture of 1 or 3 channels")
    }
  }

  @Test(arguments: [
    (#"{"classes":7}"#, "classes"), (#"{"class":[]}"#, "a file with class"), ("[1]", "JSON"),
    ("", "JSON"), (#"{"color":"gray"}"#, "classes"),
    (#"{"classes":NAMES,"color":"cmyk"}"#, "color"),
    (#"{"classes":NAMES,"std":[0]}"#, "std is [0.0]"),
    (#"{"classes":NAMES,"mean":[1,2]}"#, "mean is"),
    (#"{"classes":NAMES,"input_size":[4]}"#, "input_size"),
    (#"{"classes":NAMES,"resampling":"best"}"#, "bicubic, bilinear, nearest, area"),
    (#"{"classes":NAMES,"temperature":0}"#, "temperature is 0.0; it must be 0.001 to 1000"),
    (#"{"classes":NAMES,"abstain_below":2}"#, "abstain_below"),
    (#"{"classes":NAMES,"crop_factor":-1}"#, "crop_factor"),
  ])
  func refusesLabelsThatMakeNoSense(_ text: String, _ word: String) throws {
    let names = try String(decoding: JSONEncoder().encode(Self.names), as: UTF8.self)
    let json = Data(text.replacing("NAMES", with: names).utf8)
    #expect { _ = try MoodLabels(json: json) } throws: { "\($0)".contains(word) }
  }

  @Test func labelsSurviveTheirJSON() throws {
    var labels = MoodLabels(classes: Self.names)
    (labels.color, labels.mean, labels.std) = (.bgr, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    (labels.inputSize, labels.resampling, labels.output) = ([64, 48], "area", .logits)
    (labels.temperature, labels.abstainBelow, labels.cropFactor) = (1.25, 0.4, 1.5)
    #expect(try MoodLabels(json: JSONEncoder().encode(labels)) == labels)
  }

  @Test func aWholeReaderTakesIt() async throws {
    let reader = try MoodReader(
      network: Self.constant([0, 9, 0, 0, 0, 0, 0], input: [nil, nil, 3]),
      labels: MoodLabels(classes: Self.names))
    let photo = Photo(path: "Examples/eileen_collins.jpg")
    let reading = try await reader.read(photo)
    #expect(reading.mood == .happy && reading.source == .face)
    await #expect(throws: MoodVisionError.self) { _ = try await reader.explain(photo) }
  }
}

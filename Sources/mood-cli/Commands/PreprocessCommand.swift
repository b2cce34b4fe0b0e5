public import ArgumentParser
import CommandSupport
public import ImageDecoding
import MoodVision
import ResNetV2
import Tensor
import WeightLoader

/// Writes what the network would be fed.
struct PreprocessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preprocess",
    abstract: "Write a photo as the network sees it.",
    discussion: """
      The output is a safetensors file with one tensor, "input": [1, H, W, 3] in fp32, prepared as \
      the weight file says; with --raw the decoded pixels, [1, H, W, 3] bytes, before any resizing. \
      --size and --filter resize the colour photo without a weight file; scaling is then × 1/255, \
      and with --raw the resized bytes are written.

      EXAMPLES
        mood-cli preprocess face.jpg --output input.safetensors
        mood-cli preprocess face.png --output pixels.safetensors --raw
        mood-cli preprocess face.jpg --output small.safetensors --raw --size 64x48 --filter bilinear
      """)

  @Argument(help: "A JPEG or PNG file.") var photo: String
  @Option(help: ArgumentHelp("File to write.", valueName: "file")) var output: String
  @OptionGroup var weights: WeightsArguments
  @Flag(help: "Write bytes, not scaled.") var raw = false
  @Option(help: ArgumentHelp("Resize to this size.", valueName: "WxH")) var size: SizeArgument?
  @Option(help: "How to resize: bicubic, bilinear, nearest or area.") var filter: ResamplingFilter?
  @Flag(name: .customLong("no-exif"), help: "Leave the photo as stored: ignore EXIF orientation.")
  var ignoresOrientation = false

  func run() throws {
    try reportingFailures {
      var image = try RGBImage(
        contentsOf: photo, options: DecodingOptions(appliesOrientation: !ignoresOrientation))
      var writer = SafetensorsWriter()
      let isPlain = size != nil || filter != nil
      if isPlain {
        let (width, height) = (size?.width ?? image.width, size?.height ?? image.height)
        image = try image.resized(width: width, height: height, filter: filter ?? .bicubic)
      }
      let shape = try Shape([1, image.height, image.width, 3])
      if raw {
        try writer.add("input", shape, bytes: image.pixels)
      } else if isPlain {
        try writer.add("input", Tensor(shape, image.pixels.map { Float($0) * (1 / 255) }))
      } else {
        try writer.add("input", MoodClassifier(weights: weights.file()).input(for: image))
      }
      try write(writer.bytes, to: output, inputs: [photo])
    }
  }
}

/// A size as `WxH`.
struct SizeArgument: ExpressibleByArgument {
  let width, height: Int

  init?(argument: String) {
    let numbers = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let width = numbers[0], let height = numbers[1],
      (1...4096).contains(width), (1...4096).contains(height)
    else { return nil }
    (self.width, self.height) = (width, height)
  }
}

extension ResamplingFilter: ExpressibleByArgument {}

public import ArgumentParser
import FaceFinder
import Foundation
import ImageDecoding
import Tensor

/// Prints the faces in each photo.
struct FacesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces",
    abstract: "Print where the faces in each photo are.",
    discussion: """
      Boxes are x, y, width, height in pixels of the upright photo; landmarks are the eye on the \
      picture's left, the other eye, the tip of the nose, and the corners of the mouth, left first. \
      With --json one line is printed for each photo, in order.

      EXAMPLES
        mood-cli faces group.jpg
        mood-cli faces --json --max-side 1280 *.jpg
      """)

  @OptionGroup var photos: PhotoArguments
  @OptionGroup var finding: FindingArguments
  @OptionGroup var engine: EngineArguments
  @Option(help: "Search each photo so many times and print the times to standard error.")
  var `repeat` = 1
  @Flag(help: "One JSON object a line.") var json = false

  func validate() throws {
    try photos.requireSome()
    if !(1...100_000).contains(`repeat`) { throw ValidationError("--repeat is from 1 to 100000.") }
  }

  func run() throws {
    try reportingFailures {
      let finder = try finding.detector.finder(engine.options)
      try forEachPhoto(photos) { path in
        let image = try photos.image(path)
        var faces: [Face] = []
        for _ in 0..<`repeat` {
          let start = ContinuousClock.now
          faces = try finder.faces(
            in: image.pixels, width: image.width, height: image.height, options: finding.options)
          let time = (ContinuousClock.now - start) / .milliseconds(1)
          if `repeat` > 1 { printError(String(format: "%.3f ms", time)) }
        }
        if json {
          print(
            try jsonLine(
              FacesLine(
                id: path, width: image.width, height: image.height, faces: faces.map(FaceLine.init))
            ))
        } else {
          print("\(path): \(faces.count) face\(faces.count == 1 ? "" : "s")")
          for face in faces {
            let box = face.box
            let numbers = [box.x, box.y, box.width, box.height].map { String(Int($0.rounded())) }
            print("  \(numbers.joined(separator: ",")) \(percent(face.score))")
          }
        }
      } failed: { path, failure in
        if json { print(try jsonLine(MoodLine(id: path, failure: failure))) }
      }
    }
  }
}

/// What is printed for one photo.
struct FacesLine: Encodable {
  var v = 1
  let id: String
  var ok = true
  let width, height: Int
  let faces: [FaceLine]
}

/// A face as it is printed.
struct FaceLine: Encodable {
  let box: [Float]
  let score: Float
  let landmarks: [[Float]]

  init(_ face: Face) {
    box = [face.box.x, face.box.y, face.box.width, face.box.height]
    score = face.score
    landmarks = face.landmarks.map { [$0.x, $0.y] }
  }
}

/// How faces are searched.
struct FindingArguments: ParsableArguments {
  @OptionGroup var detector: DetectorArgument
  @Option(help: "Least score of a face, 0 to 1.") var faceThreshold: Float = 0.6
  @Option(
    help: ArgumentHelp(
      "Make larger photos smaller for the search, 32 to 16384.", valueName: "pixels"))
  var maxSide = 640
  @Option(help: "Search at half and twice that size too: never, if-none-found or always.")
  var otherScales = FaceFinderOptions.OtherScales.ifNoneFound

  func validate() throws {
    if !(0...1).contains(faceThreshold) {
      throw ValidationError("--face-threshold is from 0 to 1.")
    }
    if !(32...16384).contains(maxSide) { throw ValidationError("--max-side is from 32 to 16384.") }
  }

  var options: FaceFinderOptions {
    get throws {
      try FaceFinderOptions(
        scoreThreshold: faceThreshold, maximumSide: maxSide, otherScales: otherScales)
    }
  }
}

extension FaceFinderOptions.OtherScales: ExpressibleByArgument {}

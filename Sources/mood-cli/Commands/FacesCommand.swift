import ArgumentParser
import CommandSupport
import FaceFinder
import Foundation
import ImageDecoding

/// Prints the faces in each photo.
struct FacesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces",
    abstract: "Print where the faces in each photo are.",
    discussion: """
      A box is x, y, width and height in pixels of the upright photo. The landmarks are the eye on the \
      left of the picture, the other eye, the tip of the nose, and the two corners of the mouth, left \
      first. --json prints one line per photo, in order.

      EXAMPLES
        mood-cli faces group.jpg
        mood-cli faces --json --max-side 1280 *.jpg
      """)

  @OptionGroup var photos: PhotoArguments
  @OptionGroup var finding: FindingArguments
  @OptionGroup var engine: EngineArguments
  @Option(help: "Search each photo so many times and print the times to standard error.")
  var `repeat` = 1
  @Flag(help: "One JSON object per line.") var json = false

  func validate() throws {
    try photos.requireSome()
    if !(1...100_000).contains(`repeat`) { throw ValidationError("--repeat is from 1 to 100000.") }
  }

  func run() throws {
    try reportingFailures {
      let finder = try finding.finder(engine.options)
      var (count, failures) = (0, [Failure]())
      var paths = try photos.paths()
      while let photo = try paths.next() {
        let path = photo.path
        count += 1
        do { try search(photo, finder) } catch {
          let failure = PhotoArguments.failure(error, of: photo)
          failures.append(failure)
          printError("Error: \(failure.message(at: path))")
          if json { try StandardOutput.writeLine(jsonLine(FailureLine(path, failure))) }
        }
      }
      if count == 1, let only = failures.first { throw only.exitCode }
      if !failures.isEmpty { throw Failure.badData }
    }
  }

  private func search(_ photo: PhotoInput, _ finder: FaceFinder) throws {
    let image = try photos.image(photo)
    var faces: [Face] = []
    for _ in 0..<`repeat` {
      let start = ContinuousClock.now
      faces = try finder.faces(
        in: image.pixels, width: image.width, height: image.height, options: finding.options)
      let time = (ContinuousClock.now - start) / .milliseconds(1)
      if `repeat` > 1 { printError(String(format: "%.3f ms", time)) }
    }
    let line = FacesLine(photo.path, width: image.width, height: image.height, faces: faces)
    try StandardOutput.writeLine(json ? try jsonLine(line) : line.text)
  }
}

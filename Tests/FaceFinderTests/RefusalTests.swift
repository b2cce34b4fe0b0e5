import FaceFinder
import ImageDecoding
import Tensor
import Testing

/// What a caller can do wrong with a detector.
struct RefusalTests {
  @Test func refusesPicturesOfAnotherSize() throws {
    let finder = try FaceFinder(path: Files.weights)
    for (width, height) in [(0, 1), (1, 0), (-3, -3), (Int.max, 2), (1 << 62, 4)] {
      #expect(throws: FaceFinderError.invalidSize(width: width, height: height)) {
        try finder.faces(in: [], width: width, height: height)
      }
    }
    #expect(throws: FaceFinderError.byteCount(expected: 12, found: 11)) {
      try finder.faces(in: [UInt8](repeating: 0, count: 11), width: 2, height: 2)
    }
  }

  @Test func refusesOptionsOutOfRange() {
    for value: Float in [-0.1, 1.1, .nan, .infinity] {
      #expect(
        throws: FaceFinderError.invalidOption(
          name: "scoreThreshold", value: "\(value)", expected: "0 to 1")
      ) { try FaceFinderOptions(scoreThreshold: value) }
      #expect(
        throws: FaceFinderError.invalidOption(
          name: "overlapThreshold", value: "\(value)", expected: "0 to 1")
      ) { try FaceFinderOptions(overlapThreshold: value) }
    }
    #expect(
      throws: FaceFinderError.invalidOption(name: "topK", value: "0", expected: "1 or more")
    ) { try FaceFinderOptions(topK: 0) }
    for side in [31, 16_385, -1] {
      #expect(
        throws: FaceFinderError.invalidOption(
          name: "maximumSide", value: "\(side)", expected: "32 to 16384")
      ) { try FaceFinderOptions(maximumSide: side) }
    }
  }

  @Test func refusesFacesOfOtherLandmarks() {
    let box = PixelRect<Float>(x: 0, y: 0, width: 1, height: 1)
    #expect(throws: FaceFinderError.landmarkCount(found: 0)) {
      try Face(box: box, score: 1, landmarks: [])
    }
  }
}

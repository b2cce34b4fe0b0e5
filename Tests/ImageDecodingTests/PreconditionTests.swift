import ImageDecoding
import Testing

@Suite struct PreconditionTests {
  @Test func trapsOnPicturesOfNoPixels() async {
    await #expect(processExitsWith: .failure) { _ = RGBImage(width: 0, height: 1, pixels: []) }
    await #expect(processExitsWith: .failure) { _ = RGBImage(width: 1, height: -1, pixels: []) }
  }

  @Test func trapsOnTheWrongNumberOfBytes() async {
    await #expect(processExitsWith: .failure) { _ = RGBImage(width: 1, height: 1, pixels: [1, 2]) }
  }

  @Test func trapsOnNewSizesOfNoPixels() async {
    await #expect(processExitsWith: .failure) {
      _ = RGBImage(width: 1, height: 1, pixels: [1, 2, 3]).resized(width: 0, height: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = RGBImage(width: 1, height: 1, pixels: [1, 2, 3]).grayResized(width: 1, height: 0)
    }
  }

  @Test func trapsOnRectanglesOfNoPixels() async {
    await #expect(processExitsWith: .failure) {
      _ = RGBImage(width: 1, height: 1, pixels: [1, 2, 3]).cropped(x: 0, y: 0, width: 0, height: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = RGBImage(width: 1, height: 1, pixels: [1, 2, 3]).cropped(x: 0, y: 0, width: 1, height: 0)
    }
  }

  @Test func trapsOnQualitiesOutOfRange() async {
    await #expect(processExitsWith: .failure) {
      _ = try RGBImage(width: 1, height: 1, pixels: [1, 2, 3]).jpegData(quality: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = try RGBImage(width: 1, height: 1, pixels: [1, 2, 3]).jpegData(quality: 101)
    }
  }
}

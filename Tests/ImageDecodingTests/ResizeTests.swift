import ImageDecoding
import Testing

@Suite struct ResizeTests {
  private let expected: ExpectedPixels
  private let source: RGBImage

  init() throws {
    expected = try ExpectedPixels()
    source = try expected.image("resize_source")
  }

  private static let sizes = [(7, 5), (40, 31), (19, 6), (30, 13), (24, 4), (1, 1), (64, 64)]

  @Test(arguments: ResamplingFilter.allCases, sizes)
  func equalsPillowBitForBit(_ filter: ResamplingFilter, _ size: (Int, Int)) throws {
    let name = "\(filter.rawValue)_\(size.0)x\(size.1)"
    #expect(
      try source.resized(width: size.0, height: size.1, filter: filter)
        == expected.image("resized_" + name))
    #expect(
      try source.grayResized(width: size.0, height: size.1, filter: filter)
        == expected.bytes("grey_" + name))
  }

  @Test func lumaEqualsPillow() throws {
    #expect(try source.luma() == expected.bytes("luma"))
  }

  @Test(arguments: ResamplingFilter.allCases)
  func keepsAPictureOfTheSameSize(_ filter: ResamplingFilter) throws {
    #expect(
      try source.resized(width: source.width, height: source.height, filter: filter) == source)
  }

  @Test(arguments: ResamplingFilter.allCases)
  func keepsOneColor(_ filter: ResamplingFilter) throws {
    let color = try RGBImage(width: 9, height: 7, pixels: (0..<63).flatMap { _ in [3, 255, 128] })
    let resized = try color.resized(width: 31, height: 2, filter: filter)
    #expect(resized.pixels == (0..<62).flatMap { _ in [3, 255, 128] })
  }

  @Test func cropsWithinThePicture() throws {
    let crop = try source.cropped(x: 3, y: 2, width: 5, height: 4)
    for y in 0..<4 {
      for x in 0..<5 {
        for channel in 0..<3 {
          #expect(
            crop.pixels[3 * (5 * y + x) + channel]
              == source.pixels[3 * (source.width * (y + 2) + x + 3) + channel])
        }
      }
    }
    #expect(try source.cropped(x: 0, y: 0, width: source.width, height: source.height) == source)
  }

  @Test func repeatsTheEdgeOutsideThePicture() throws {
    let pixels: [UInt8] = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    let image = try RGBImage(width: 2, height: 2, pixels: pixels)
    let crop = try image.cropped(x: -1, y: -1, width: 4, height: 4)
    let rows: [[UInt8]] = [[1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4]]
    #expect(crop.pixels == rows.joined().flatMap { [$0, $0, $0] })
    #expect(try image.cropped(x: .max, y: .max, width: 2, height: 1).pixels == [4, 4, 4, 4, 4, 4])
    #expect(try image.cropped(x: .min, y: .min, width: 1, height: 1).pixels == [1, 1, 1])
  }
}

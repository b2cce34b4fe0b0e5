import ImageDecoding
import Testing

@Suite struct QuarterTurnTests {
  /// 3×2 pixels, numbered by their red.
  private let image: RGBImage

  init() throws {
    image = try RGBImage(
      width: 3, height: 2, pixels: (0..<6).flatMap { [UInt8($0), UInt8(0), UInt8(0)] })
  }

  private func reds(_ image: RGBImage) -> [UInt8] {
    stride(from: 0, to: image.pixels.count, by: 3).map { image.pixels[$0] }
  }

  @Test func turnsClockwise() {
    #expect(reds(image.turned(.none)) == [0, 1, 2, 3, 4, 5])
    #expect(reds(image.turned(.right)) == [3, 0, 4, 1, 5, 2])
    #expect(reds(image.turned(.half)) == [5, 4, 3, 2, 1, 0])
    #expect(reds(image.turned(.left)) == [2, 5, 1, 4, 0, 3])
  }

  @Test(arguments: QuarterTurn.allCases)
  func aRectangleIsTurnedBackWithItsPixels(_ turn: QuarterTurn) throws {
    let turned = image.turned(turn)
    for y in 0..<turned.height {
      for x in 0..<turned.width {
        let rect = PixelRect(x: x, y: y, width: 1, height: 1)
        let back = rect.turnedBack(turn, width: turned.width, height: turned.height)
        #expect(
          try image.cropped(x: back.x, y: back.y, width: 1, height: 1)
            == turned.cropped(x: x, y: y, width: 1, height: 1))
      }
    }
    let wide = PixelRect(x: 0, y: 0, width: turned.width, height: 1)
    let back = wide.turnedBack(turn, width: turned.width, height: turned.height)
    #expect(back.width * back.height == turned.width)
    #expect((back.width == 1) == (turn == .right || turn == .left))
  }
}

import Tensor
import Testing

import ImageDecoding
@testable import FaceFinder

struct DecodingTests {
  /// One cell that is sure of a face, with one of its 16 numbers made another.
  private func faces(_ change: (index: Int, value: Float)? = nil) -> [Face] {
    var cell = [Float](repeating: 0, count: 16)
    (cell[0], cell[1]) = (9, 9)
    if let change { cell[change.index] = change.value }
    return YuNet.decode(Tensor(checked: [1, 1, 1, 16], cell), stride: 8, threshold: 0.6)
  }

  @Test func readsACell() throws {
    let face = try #require(faces().first)
    #expect(face.box == PixelRect(x: -4, y: -4, width: 8, height: 8))
    #expect(face.landmarks.allSatisfy { $0 == Face.Point(x: 0, y: 0) })
    #expect(faces((0, -9)).isEmpty)
  }

  @Test(arguments: 2..<16, [1e30, -.infinity, .nan] as [Float])
  func leavesOutWhatIsNowhere(_ index: Int, _ value: Float) {
    // e to the power of minus infinity is a width of zero, which is somewhere.
    let isSize = index == 4 || index == 5
    #expect(faces((index, value)).isEmpty != (isSize && value == -.infinity))
  }
}

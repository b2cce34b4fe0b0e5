/// An upright rectangle in pixels, from a picture's top-left corner; it may reach beyond the picture.
///
/// `PixelRect<Int>` says what is cut out, `PixelRect<Float>` where something was found.
public struct PixelRect<Scalar>: Sendable, Hashable, Codable
where Scalar: SignedNumeric & Comparable & Hashable & Codable & Sendable {
  /// The top-left corner.
  public var x, y: Scalar
  /// The extents.
  public var width, height: Scalar

  /// Creates a rectangle.
  public init(x: Scalar, y: Scalar, width: Scalar, height: Scalar) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// Width times height.
  public var area: Scalar { width * height }
}

extension PixelRect: CustomStringConvertible {
  /// `x,y,width,height`.
  public var description: String { "\(x),\(y),\(width),\(height)" }
}

extension PixelRect where Scalar == Int {
  /// Reads `x,y,width,height`; `nil` unless these are four whole numbers, both extents are at least
  /// 1, and none is farther than ``ImageLimits/maximumSide`` from 0.
  public init?(_ text: some StringProtocol) {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map {
      Int(String($0.filter { $0 != " " }))
    }
    let limit = ImageLimits.maximumSide
    guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
      let height = numbers[3], (1...limit).contains(width), (1...limit).contains(height),
      (-limit...limit).contains(x), (-limit...limit).contains(y)
    else { return nil }
    self.init(x: x, y: y, width: width, height: height)
  }

  /// Whether any pixel of a picture of that size lies within.
  public func overlaps(width: Int, height: Int) -> Bool {
    x < width && y < height && x > -self.width && y > -self.height
  }
}

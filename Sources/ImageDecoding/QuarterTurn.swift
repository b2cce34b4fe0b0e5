/// By how much a picture is turned, clockwise; the raw values are degrees.
public enum QuarterTurn: Int, Sendable, Hashable, Codable, CaseIterable {
  /// Not at all.
  case none = 0
  /// The left side comes up.
  case right = 90
  /// It is stood on its head.
  case half = 180
  /// The right side comes up.
  case left = 270
}

extension RGBImage {
  /// The picture turned.
  ///
  /// - Parameter turn: By how much, clockwise.
  /// - Returns: The turned picture; its sides change places for a quarter.
  public func turned(_ turn: QuarterTurn) -> RGBImage {
    switch turn {
    case .none: self
    case .right: Orientation.turnedLeft.upright(self)
    case .half: Orientation.upsideDown.upright(self)
    case .left: Orientation.turnedRight.upright(self)
    }
  }
}

extension PixelRect {
  /// Where a rectangle of a turned picture lies in the picture before it was turned.
  ///
  /// - Parameters:
  ///   - turn: How it was turned.
  ///   - width: The turned picture's width.
  ///   - height: The turned picture's height.
  /// - Returns: The same part of the picture.
  public func turnedBack(_ turn: QuarterTurn, width: Scalar, height: Scalar) -> PixelRect {
    let (fromRight, fromBelow) = (width - x - self.width, height - y - self.height)
    return switch turn {
    case .none: self
    case .right: PixelRect(x: y, y: fromRight, width: self.height, height: self.width)
    case .half: PixelRect(x: fromRight, y: fromBelow, width: self.width, height: self.height)
    case .left: PixelRect(x: fromBelow, y: x, width: self.height, height: self.width)
    }
  }
}

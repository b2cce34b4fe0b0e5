/// Which square of a photo a network is shown, given the box that the face detector draws.
///
/// A weight file says it as `face_crop` (FORMAT.md), because the square must be cut as the training
/// faces were.
public struct FaceCrop: Sendable, Hashable {
  /// What of the box the square's side follows.
  public enum Measure: String, Sendable, CaseIterable {
    /// The box's width.
    case width
    /// The box's height.
    case height
    /// √(width · height).
    case area
  }

  /// What the side follows.
  public var measure: Measure
  /// The side as a multiple of that.
  public var factor: Double
  /// How far the square's centre lies to the right of and below the box's, in sides.
  public var offsetX, offsetY: Double

  /// Creates a rule.
  public init(measure: Measure, factor: Double, offsetX: Double = 0, offsetY: Double = 0) {
    (self.measure, self.factor) = (measure, factor)
    (self.offsetX, self.offsetY) = (offsetX, offsetY)
  }

  /// The crop of FER2013 as YuNet's boxes see it, measured on 510 validation faces: centred, its
  /// side 1.23 times the box's width.
  public static let standard = FaceCrop(measure: .width, factor: 1.23)

  /// The square for a box.
  ///
  /// - Returns: Its top-left corner and its side, in pixels; it may reach beyond the photo.
  public func square(
    x: Double, y: Double, width: Double, height: Double
  ) -> (x: Double, y: Double, side: Double) {
    let base =
      switch measure {
      case .width: width
      case .height: height
      case .area: max(0, width * height).squareRoot()
      }
    let side = base * factor
    return (
      x + width / 2 + offsetX * side - side / 2, y + height / 2 + offsetY * side - side / 2, side
    )
  }

  /// Reads the value of `face_crop`.
  init(_ text: String) throws(WeightError) {
    let value = try? JSONParser.parse(Array(text.utf8))
    guard let members = value?.members,
      Set(members.map(\.name)) == ["measure", "factor", "x", "y"],
      let measure = value?["measure"]?.text.flatMap({ Measure(rawValue: $0) }),
      let factor = value?["factor"]?.decimal, (0.1...10).contains(factor),
      let x = value?["x"]?.decimal, let y = value?["y"]?.decimal, abs(x) <= 1, abs(y) <= 1
    else {
      throw .badMetadata(
        key: "face_crop", value: text,
        expected: "{\"measure\":\"width\",\"factor\":1.23,\"x\":0,\"y\":0}: width, height or area; "
          + "0.1 to 10; offsets of at most 1")
    }
    self.init(measure: measure, factor: factor, offsetX: x, offsetY: y)
  }
}

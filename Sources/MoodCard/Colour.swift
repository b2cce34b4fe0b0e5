private import Foundation

/// A colour in Oklab (Ottosson 2020, <https://bottosson.github.io/posts/oklab/>): lightness 0…1, and two
/// axes of colour.
public struct Colour: Sendable, Equatable {
  /// How light, 0…1.
  public let lightness: Double
  /// How far towards red from green, and towards yellow from blue.
  public let a, b: Double

  /// Creates a colour by its coordinates.
  public init(lightness: Double, a: Double, b: Double) {
    (self.lightness, self.a, self.b) = (lightness, a, b)
  }

  /// Creates a colour by lightness, strength, and hue in degrees.
  public init(lightness: Double, chroma: Double, hue: Double) {
    let angle = hue * .pi / 180
    self.init(lightness: lightness, a: chroma * cos(angle), b: chroma * sin(angle))
  }

  /// The colour of a place in the plane of moods, both 0…1: amber where it is bright and lively, green
  /// bright and quiet, blue dark and quiet, red dark and lively.
  public init(brightness: Double, liveliness: Double) {
    let stops: [(Double, Double)] = [
      (-180, 308), (-135, 262), (-75, 200), (-45, 160), (0, 88), (45, 62), (90, 38), (135, 8),
      (180, -52),
    ]
    let angle = atan2(liveliness - 0.5, brightness - 0.5) * 180 / .pi
    var hue = 66.0
    for (first, next) in zip(stops, stops.dropFirst()) where (first.0...next.0).contains(angle) {
      hue = first.1 + (next.1 - first.1) * (angle - first.0) / (next.0 - first.0)
    }
    self.init(lightness: 0.6 + 0.17 * brightness, chroma: 0.125 + 0.035 * liveliness, hue: hue)
  }

  /// The colour with its hue turned, in degrees, and its lightness changed.
  public func turned(_ degrees: Double, lighter: Double = 0) -> Colour {
    Colour(
      lightness: lightness + lighter, chroma: max(0.02, (a * a + b * b).squareRoot()),
      hue: atan2(b, a) * 180 / .pi + degrees)
  }

  /// A part, 0…1, of the way to another colour.
  public func toward(_ other: Colour, _ part: Double) -> Colour {
    Colour(
      lightness: lightness + (other.lightness - lightness) * part, a: a + (other.a - a) * part,
      b: b + (other.b - b) * part)
  }

  /// sRGB in hexadecimal, `#rrggbb`; paler where the colour would lie outside of sRGB.
  public var hex: String {
    "#"
      + shown.map { channel in
        let coded =
          channel <= 0.0031308 ? 12.92 * channel : 1.055 * pow(channel, 1 / 2.4) - 0.055
        let byte = String(Int((coded * 255).rounded()), radix: 16)
        return byte.count < 2 ? "0" + byte : byte
      }.joined()
  }

  /// The contrast with another colour, 1…21, by WCAG 2.2 (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
  public func contrast(with other: Colour) -> Double {
    let (one, two) = (luminance, other.luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  private var luminance: Double {
    zip(shown, [0.2126, 0.7152, 0.0722]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Linear red, green and blue of sRGB, 0…1.
  private var shown: [Double] {
    for step in stride(from: 1.0, through: 0, by: -0.04) {
      let channels = linear(step)
      if channels.allSatisfy({ (-0.002...1.002).contains($0) }) {
        return channels.map { min(1, max(0, $0)) }
      }
    }
    return linear(0).map { min(1, max(0, $0)) }
  }

  private func linear(_ strength: Double) -> [Double] {
    let (x, y) = (a * strength, b * strength)
    func cube(_ value: Double) -> Double { value * value * value }
    let l = cube(lightness + 0.3963377774 * x + 0.2158037573 * y)
    let m = cube(lightness - 0.1055613458 * x - 0.0638541728 * y)
    let s = cube(lightness - 0.0894841775 * x - 1.291485548 * y)
    return [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ]
  }
}

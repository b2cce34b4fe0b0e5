private import Foundation

extension JourneyPlace {
  /// How much an octave of tempo counts beside the plane.
  private static let octave: Float = 0.4

  /// The tempo as a coordinate: 0.4 · log₂ of it.
  var beat: Float { Self.octave * log2(tempo) }

  /// The tempo of a coordinate.
  static func tempo(_ beat: Float) -> Float { exp2(beat / octave) }
}

public import ImageDecoding

/// Which part of a photo is read.
///
/// Without a face the answer is ``MoodVisionError/noFace``; ``wholePicture`` insists.
public enum FaceSelection: Sendable, Hashable {
  /// The largest face; the whole photo if that is nothing but a face already.
  case automatic
  /// The largest face that is found.
  case largest
  /// Every face that is found, largest first.
  case all
  /// Every face that is found, largest first; the whole photo if it is nothing but a face that is
  /// found. However small a photo is, without a face in it there is no answer.
  case faces
  /// The whole photo; no face is searched.
  case wholePicture
  /// This box around a face, in pixels of the upright photo; it is cut by the same rule as a found
  /// one.
  case box(PixelRect<Int>)
}

extension FaceSelection {
  /// Reads `auto`, `largest`, `all`, `faces`, `whole` (or `none`), or a box as `x,y,width,height`.
  public init?(_ text: String) {
    switch text {
    case "auto": self = .automatic
    case "largest": self = .largest
    case "all": self = .all
    case "faces": self = .faces
    case "whole", "none": self = .wholePicture
    default:
      guard let box = PixelRect<Int>(text) else { return nil }
      self = .box(box)
    }
  }

  /// What ``init(_:)`` takes, for help texts and errors.
  public static var syntax: String {
    "auto, largest, all, faces, whole, or x,y,width,height in pixels"
  }

  /// Whether faces are searched.
  package var needsFinder: Bool {
    switch self {
    case .automatic, .largest, .all, .faces: true
    case .wholePicture, .box: false
    }
  }
}

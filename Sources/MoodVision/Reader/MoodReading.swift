public import ImageDecoding
public import MoodValues
public import Tensor

/// The mood that a photo's faces show: what a reader, the command line and the server answer.
///
/// Its JSON form is version ``schemaVersion`` of `answer.schema.json`.
public struct MoodReading: Sendable, Equatable {
  /// The version of the JSON form.
  public static let schemaVersion = 3

  /// What of the photo was read.
  public enum Source: String, Sendable, Codable, CaseIterable {
    /// Faces that were found.
    case face
    /// The whole photo, because it is nothing but a face.
    case tightCrop = "tight_crop"
    /// The whole photo, as asked for.
    case whole
    /// A box that the caller gave.
    case given
  }

  /// What the photo is called, where its reader was told.
  public var id: String?
  /// Width and height of the upright photo, in pixels.
  public let width, height: Int
  /// By how much the photo was turned, because no face was found in it as it was. Width, height and
  /// all places are those of the turned photo.
  public let turned: QuarterTurn
  /// What was read.
  public let source: Source
  /// A probability for each mood: the first face's, or the group's.
  public internal(set) var distribution: MoodDistribution
  /// Whether the network is sure of that mood.
  public internal(set) var isSure: Bool
  /// Every face that was read, the largest first; at least one.
  public let faces: [FaceReading]
  /// The instruction set that computed it; nil where no engine did. Answers of the same weights and
  /// options on the same set are the same bits; on another the last digits may differ.
  public var instructionSet: InstructionSet?

  /// The most probable mood.
  public var mood: Mood { distribution.mood }

  /// Creates a reading, whose mood is the first face's.
  ///
  /// - Precondition: There is a face.
  public init(
    id: String? = nil, width: Int, height: Int, turned: QuarterTurn = .none, source: Source,
    faces: [FaceReading], instructionSet: InstructionSet? = nil
  ) {
    precondition(!faces.isEmpty, "a reading has a face")
    (self.id, self.width, self.height) = (id, width, height)
    (self.turned, self.source, self.faces) = (turned, source, faces)
    self.instructionSet = instructionSet
    (distribution, isSure) = (faces[0].distribution, faces[0].isSure)
  }

  /// The same reading with the mean mood of all faces.
  public var asGroup: MoodReading {
    guard faces.count > 1 else { return self }
    var group = self
    group.distribution = MoodDistribution(mixing: faces.map(\.distribution))
    group.isSure = faces.allSatisfy(\.isSure)
    return group
  }
}

extension MoodReading: CustomStringConvertible {
  /// `happy 99.8 %`, or `not sure, perhaps sad 31.0 %`.
  public var description: String {
    let tenths = Int((distribution.confidence * 1000).rounded())
    return (isSure ? "" : "not sure, perhaps ") + "\(mood) \(tenths / 10).\(tenths % 10) %"
  }
}

public import FaceFinder
public import ImageDecoding
import MoodValues
public import Tensor
public import WeightLoader

/// Why a photo has no mood, or a reader cannot be made.
public enum MoodVisionError: Error, Equatable, Sendable {
  /// The photo cannot be read or decoded.
  case image(ImageError)
  /// No face was found in the photo.
  case noFace
  /// The region that was given lies outside the photo.
  case regionOutside(PixelRect<Int>, width: Int, height: Int)
  /// A weight file was found and refused.
  case weights(WeightError)
  /// A file that ships with the package is in none of the places where it is looked for.
  case weightsNotFound(name: String, searched: [String])
  /// The weight file does not have what that read-out needs.
  case readOutMissing(ReadOut)
  /// An option is out of its range.
  case invalidOption(name: String, value: String, expected: String)
  /// A value of a network's ``MoodLabels`` makes no sense, or does not fit the network.
  case labels(name: String, value: String, expected: String)
  /// The network's answer is not a number: its weights are finite and still broken.
  case notFinite
  /// The engine refuses what it is given, or lacks memory for it.
  case engine(TensorError)
  /// The face detector refuses what it is given.
  case search(FaceFinderError)
}

extension MoodVisionError: CustomStringConvertible {
  /// One sentence for a person.
  public var description: String {
    switch self {
    case .image(let error): error.description
    case .noFace: "no face was found"
    case .regionOutside(let region, let width, let height):
      "the region \(region) lies outside the photo of \(width)×\(height) pixels"
    case .weights(let error): error.description
    case .weightsNotFound(let name, let searched):
      "\(name) was not found. Add the product DefaultWeights, name a file, or set "
        + "\(name == ShippedFile.mood.rawValue ? ShippedFile.mood.variable : ShippedFile.face.variable). "
        + "Searched: \(searched.joined(separator: ", "))"
    case .readOutMissing(let readOut):
      "the weight file has no \(readOut.rawValue) read-out: its metadata lack \"logit_adjustment\""
    case .invalidOption(let name, let value, let expected),
      .labels(let name, let value, let expected):
      "\(name) is \(value); it must be \(expected)"
    case .notFinite: "the network's answer is not a number: the weights are broken"
    case .engine(let error): error.description
    case .search(let error): error.description
    }
  }

  /// A stable name for programs: `no_face`, `truncated_image` and so on.
  public var code: String {
    switch self {
    case .image(let error): error.code
    case .noFace: "no_face"
    case .regionOutside: "region_outside"
    case .weights(let error): error.code
    case .weightsNotFound: "no_weights"
    case .readOutMissing: "no_read_out"
    case .invalidOption: "invalid_option"
    case .labels: "bad_labels"
    case .notFinite: "not_finite"
    case .engine: "refused_by_engine"
    case .search: "search_failed"
    }
  }
}

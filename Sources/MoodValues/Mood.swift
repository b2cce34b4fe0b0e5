/// One of the seven emotions that the network tells apart.
///
/// The order of the cases is the order of the network's outputs: Keras numbers the folders of the
/// training set alphabetically (`flow_from_directory`, `class_indices`). The names are those of
/// FER2013, Goodfellow et al. 2013, <https://arxiv.org/abs/1307.0414>.
public enum Mood: String, Sendable, CaseIterable, Codable {
  /// Class 0, anger.
  case angry
  /// Class 1, disgust.
  case disgust
  /// Class 2, fear.
  case fear
  /// Class 3, happiness.
  case happy
  /// Class 4, no emotion.
  case neutral
  /// Class 5, sadness.
  case sad
  /// Class 6, surprise.
  case surprise

  /// The place of this mood among the network's outputs, 0...6.
  public var index: Int {
    switch self {
    case .angry: 0
    case .disgust: 1
    case .fear: 2
    case .happy: 3
    case .neutral: 4
    case .sad: 5
    case .surprise: 6
    }
  }
}

extension Mood: CustomStringConvertible {
  /// The mood's name, such as `happy`.
  public var description: String { rawValue }
}

extension MoodDistribution: CustomStringConvertible {
  /// Every mood with its probability, the most probable first: `happy 0.997, neutral 0.001, …`.
  public var description: String {
    sorted.map { mood, probability in
      let thousandths = Int((probability * 1000).rounded())
      let digits = String(thousandths % 1000)
      return "\(mood) \(thousandths / 1000)."
        + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined(separator: ", ")
  }
}

public import WeightLoader

/// How the network's logits become probabilities.
public enum ReadOut: String, Sendable, CaseIterable {
  /// softmax(logits / temperature): how people would vote. Rare moods are seldom answered.
  case calibrated
  /// softmax(logits / temperature + a number for each mood): as if rare moods were seen more often.
  ///
  /// More of the frightened and disgusted faces are found, more other faces are taken for them, and
  /// the probabilities are no longer what people would vote. The numbers stand in the weight file
  /// (`logit_adjustment`). Menon et al. 2021, "Long-tail learning via logit adjustment",
  /// <https://arxiv.org/abs/2007.07314>.
  case balanced

  /// What is read unless somebody says otherwise, in every program and in the library: balanced
  /// where the weight file has the numbers for it, else calibrated.
  public static func standard(_ metadata: ModelMetadata) -> ReadOut {
    metadata.logitAdjustment == nil ? .calibrated : .balanced
  }

  /// What is added to each logit, in the network's order of classes; nil for nothing.
  ///
  /// - Throws: ``MoodVisionError/readOutMissing(_:)`` if the weight file does not have it.
  func adjustment(_ metadata: ModelMetadata) throws(MoodVisionError) -> [Float]? {
    switch self {
    case .calibrated: return nil
    case .balanced:
      guard let adjustment = metadata.logitAdjustment else { throw .readOutMissing(self) }
      return adjustment
    }
  }
}

public import FaceFinder
public import Tensor

/// How a ``MoodReader`` works.
public struct MoodReaderOptions: Sendable {
  /// What the networks run on.
  public var engine: EngineOptions
  /// How faces are searched.
  public var faces: FaceFinderOptions
  /// Views of each face whose logits are averaged.
  public var augmentation: TestTimeAugmentation
  /// How the network's logits become probabilities; nil for ``ReadOut/standard(_:)``.
  public var readOut: ReadOut?
  /// Most faces of one forward pass, 1…1024.
  public var largestBatch: Int
  /// How long a pass may wait to be filled while other photos are made ready, 0…60 s. A photo that
  /// is alone never waits.
  public var longestWait: Duration
  /// How many photos are decoded and searched at a time, 1…256; a decoded photo may take 192 MB.
  public var preparationThreads: Int
  /// Called after each forward pass, on the thread that runs the network.
  public var passObserver: (@Sendable (Pass) -> Void)?

  /// One forward pass.
  public struct Pass: Sendable {
    /// How many faces it read.
    public let faces: Int
    /// How long it took.
    public let duration: Duration
  }

  /// Creates options; the defaults suit a server and a batch.
  public init(
    engine: EngineOptions = .init(), faces: FaceFinderOptions = .init(),
    augmentation: TestTimeAugmentation = .standard, readOut: ReadOut? = nil,
    largestBatch: Int = 8,
    longestWait: Duration = .milliseconds(20), preparationThreads: Int? = nil,
    passObserver: (@Sendable (Pass) -> Void)? = nil
  ) {
    (self.engine, self.faces) = (engine, faces)
    (self.augmentation, self.readOut) = (augmentation, readOut)
    (self.largestBatch, self.longestWait) = (largestBatch, longestWait)
    self.preparationThreads = preparationThreads ?? min(engine.threads, 16)
    self.passObserver = passObserver
  }

  /// Refuses what is out of range.
  func check() throws(MoodVisionError) {
    func check(
      _ name: String, _ value: some CustomStringConvertible, _ isGood: Bool, _ expected: String
    ) throws(MoodVisionError) {
      if !isGood { throw .invalidOption(name: name, value: "\(value)", expected: expected) }
    }
    try check("largestBatch", largestBatch, (1...1024).contains(largestBatch), "1 to 1024")
    try check(
      "longestWait", longestWait, (.zero ... .seconds(60)).contains(longestWait), "0 to 60 s")
    try check(
      "preparationThreads", preparationThreads, (1...256).contains(preparationThreads), "1 to 256")
  }
}

import CommandSupport

/// The photos that a run has to answer: of all paths the shard's, and of these what has no answer.
struct RemainingPaths {
  private var paths: PhotoPaths
  private let shard: Shard?
  private var earlier: ResumeLog?
  private var position = 0

  init(_ paths: PhotoPaths, shard: Shard?, earlier: ResumeLog?) {
    (self.paths, self.shard, self.earlier) = (paths, shard, earlier)
  }

  /// The next path; nil at the end.
  ///
  /// - Throws: `Failure` if a list cannot be read on.
  mutating func next() throws -> String? {
    while let path = try paths.next() {
      defer { position += 1 }
      if shard?.contains(position) ?? true, earlier?.take(path) != true { return path }
    }
    return nil
  }
}

import CommandSupport

/// The photos that a run has to answer: of all photos the shard's, and of these what has no answer.
struct RemainingPhotos<Source: PhotoSource> {
  private var photos: Source
  private let shard: Shard?
  private var earlier: ResumeLog?
  private var position = 0

  init(_ photos: Source, shard: Shard?, earlier: ResumeLog?) {
    (self.photos, self.shard, self.earlier) = (photos, shard, earlier)
  }

  /// The next photo; nil at the end.
  ///
  /// - Throws: `Failure` if a list cannot be read on.
  mutating func next() throws -> PhotoInput? {
    while let photo = try photos.next() {
      defer { position += 1 }
      if shard?.contains(position) ?? true, earlier?.take(photo.path) != true { return photo }
    }
    return nil
  }
}

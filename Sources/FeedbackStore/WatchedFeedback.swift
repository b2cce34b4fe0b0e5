private import Foundation
public import MoodRecommend
private import Synchronization

/// Feedback in a ``FeedbackDatabase`` whose folder may be full, read-only or away for a time: what a
/// long-running server keeps feedback in.
///
/// An open file goes on taking writes when its folder was removed or moved, and what it took would be
/// lost. So nothing counts as kept unless the database is in its place before and after the write,
/// under the very path, in a folder that may be written. Once the folder is back, so is the store: with
/// the old database, or with a new one if the folder is empty. The folder itself is made at the start
/// only; where it was a mount point it must be one again, so that nothing is written below it.
public final class WatchedFeedback: FeedbackStoring {
  /// Where the file is.
  public let path: String
  private let state: Mutex<State>

  private struct State {
    var database: FeedbackDatabase?
    /// Which file `database` has open.
    var identity: FileIdentity?
    var wasMountPoint = false
    /// What the last probe found.
    var probed: (trouble: FeedbackError?, time: ContinuousClock.Instant)?
  }

  /// Opens a database, and makes it and its folder if need be.
  ///
  /// A folder that is missing, full or read-only is waited for: ``trouble()`` tells of it.
  ///
  /// - Throws: `FeedbackError` if the file is no feedback database, is damaged, or is of a later
  ///   version.
  public init(path: String) throws(FeedbackError) {
    self.path = path
    state = Mutex(State())
    do throws(FeedbackError) {
      try locked { state throws(FeedbackError) in try open(&state) }
    } catch {
      switch error {
      case .corrupt, .tooNew: throw error
      default: break
      }
    }
  }

  /// Why feedback cannot be kept at the moment; nil if it can.
  ///
  /// A file of 64 KiB is written beside the database, and removed, at most once a second.
  public func trouble() -> FeedbackError? {
    state.withLock { state in
      if let probed = state.probed, probed.time.duration(to: .now) < .seconds(1) {
        return probed.trouble
      }
      var trouble: FeedbackError?
      do throws(FeedbackError) {
        _ = try writable(&state)
        try probe()
      } catch { trouble = error }
      state.probed = (trouble, .now)
      return trouble
    }
  }

  /// Keeps a piece of feedback and adds what it teaches, in one transaction.
  ///
  /// - Throws: `FeedbackError` if it could not be kept for good.
  public func append(_ feedback: Feedback, observation: Observation?) throws(FeedbackError) {
    try writing { database throws(FeedbackError) in
      try database.append(feedback, observation: observation)
    }
  }

  /// Takes back a listener's last word on a song, with all that it taught, in one transaction.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: `FeedbackError` if the file cannot be written.
  public func retract(_ song: String, by listener: String) throws(FeedbackError) -> Bool {
    try writing { database throws(FeedbackError) in try database.retract(song, by: listener) }
  }

  /// A listener's feedback, oldest first.
  public func feedback(of listener: String) throws(FeedbackError) -> [Feedback] {
    try readable().feedback(of: listener)
  }

  /// The sums of a listener's observations, by mood.
  public func regressionSums(of listener: String) throws(FeedbackError) -> MoodSums {
    try readable().regressionSums(of: listener)
  }

  /// The sum of all listeners' observations.
  public func pooledSums() throws(FeedbackError) -> RegressionSums { try readable().pooledSums() }

  /// The songs of a listener that count in pairs.
  public func pairMembers(of listener: String) throws(FeedbackError) -> PairMembers {
    try readable().pairMembers(of: listener)
  }

  /// What all listeners think of the songs that most of them know, the best known first.
  public func bestKnown(_ limit: Int) throws(FeedbackError) -> [SongTotal] {
    try readable().bestKnown(limit)
  }

  /// What all listeners think of some songs; songs that nobody knows are left out.
  public func totals(of songs: [String]) throws(FeedbackError) -> [SongTotal] {
    try readable().totals(of: songs)
  }

  /// For each of some songs those that it shares most listeners with.
  public func pairs(with songs: [String], limit: Int) throws(FeedbackError) -> [[SongPair]] {
    try readable().pairs(with: songs, limit: limit)
  }

  /// What every listener thinks of every song, in order of listener and song.
  public func opinions() throws(FeedbackError) -> [Opinion] { try readable().opinions() }

  /// Every listener of whom something is kept, in order of name.
  public func listeners() throws(FeedbackError) -> [String] { try readable().listeners() }

  /// Removes everything of a listener.
  ///
  /// - Returns: How many pieces of feedback there were.
  /// - Throws: `FeedbackError` if the file cannot be written.
  @discardableResult
  public func forget(_ listener: String) throws(FeedbackError) -> Int {
    try writing { database throws(FeedbackError) in try database.forget(listener) }
  }

  private func writing<Value: Sendable>(
    _ work: (FeedbackDatabase) throws(FeedbackError) -> Value
  ) throws(FeedbackError) -> Value {
    let database = try locked { state throws(FeedbackError) in try writable(&state) }
    let value = try work(database)
    guard state.withLock({ isInPlace($0) }) else { throw .gone(path: path) }
    return value
  }

  /// What was read last may be told while the folder is away.
  private func readable() throws(FeedbackError) -> FeedbackDatabase {
    try locked { state throws(FeedbackError) in
      if let database = state.database { return database }
      return try writable(&state)
    }
  }

  private func locked<Value: Sendable>(
    _ work: (inout State) throws(FeedbackError) -> Value
  ) throws(FeedbackError) -> Value {
    try state.withLock { state in
      Result { () throws(FeedbackError) in try work(&state) }
    }.get()
  }

  /// The database if it can be written, opened anew if another one stands in its place.
  private func writable(_ state: inout State) throws(FeedbackError) -> FeedbackDatabase {
    let files = FileManager.default
    let folderPath = folder.path(percentEncoded: false)
    if !isInPlace(state) {
      let isNew = state.identity == nil
      guard isNew || FileIdentity(folderPath) != nil,
        isNew || FileIdentity(path) != nil || isMountPoint || !state.wasMountPoint
      else { throw .gone(path: path) }
      // A log that was removed alone is written into the database when that is closed.
      state.database = nil
      try open(&state)
    }
    guard files.isWritableFile(atPath: folderPath), files.isWritableFile(atPath: path),
      let database = state.database
    else { throw .readOnly(path: path) }
    return database
  }

  /// Whether the open database and its log stand where they were opened.
  private func isInPlace(_ state: State) -> Bool {
    guard let identity = state.identity, state.database != nil else { return false }
    return FileIdentity(path) == identity && FileIdentity(path + "-wal") != nil
  }

  private func open(_ state: inout State) throws(FeedbackError) {
    state.database = try FeedbackDatabase(path: path)
    (state.identity, state.wasMountPoint) = (FileIdentity(path), isMountPoint)
  }

  /// Writes a file beside the database, and removes it.
  private func probe() throws(FeedbackError) {
    let file = folder.appending(path: ".probe-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    do { try Data(count: 64 << 10).write(to: file) } catch let error as CocoaError {
      switch error.code {
      case .fileWriteOutOfSpace: throw .full(path: path)
      case .fileWriteNoPermission, .fileWriteVolumeReadOnly: throw .readOnly(path: path)
      case .fileNoSuchFile: throw .gone(path: path)
      default: throw .unreadable(path: path)
      }
    } catch { throw .unreadable(path: path) }
  }

  private var folder: URL {
    URL(filePath: path).deletingLastPathComponent().resolvingSymlinksInPath()
  }

  /// Whether the folder is on another disk than the one above it.
  private var isMountPoint: Bool {
    let (own, above) = (folder, folder.deletingLastPathComponent())
    guard let own = FileIdentity(own.path(percentEncoded: false)) else { return false }
    return FileIdentity(above.path(percentEncoded: false))?.device != own.device
  }
}

/// One file of one disk.
private struct FileIdentity: Equatable {
  let device, number: UInt64

  /// What stands at a path; nil for nothing.
  init?(_ path: String) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let device = attributes[.systemNumber] as? NSNumber,
      let number = attributes[.systemFileNumber] as? NSNumber
    else { return nil }
    (self.device, self.number) = (device.uint64Value, number.uint64Value)
  }
}

import CommandSupport
import Foundation

/// The photos of a folder and of the folders in it, by name: sorted, hidden ones left out.
///
/// Links are followed, but no folder is entered twice, so that a loop of links ends. One listing per
/// level is in memory.
struct FolderWalk {
  private var waiting: [[String]] = []
  private var entered: Set<FileIdentity> = []
  /// How many files were passed over, as their names are not those of photos.
  private(set) var skipped = 0
  private static let endings: Set = ["jpg", "jpeg", "jpe", "jfif", "png"]

  /// Begins a walk; nil if `path` is no folder.
  init?(_ path: String) {
    guard case .folder = FileSystem.kind(path) else { return nil }
    waiting = [[path]]
  }

  /// The next photo, or a folder that cannot be listed; nil at the end.
  mutating func next() -> String? {
    while let path = waiting.last?.last {
      waiting[waiting.count - 1].removeLast()
      if waiting[waiting.count - 1].isEmpty { waiting.removeLast() }
      guard case .folder(let identity) = FileSystem.kind(path) else {
        let ending = path.split(separator: "/").last?.split(separator: ".").last ?? ""
        if Self.endings.contains(ending.lowercased()) { return path }
        skipped += 1
        continue
      }
      guard entered.insert(identity).inserted else { continue }
      guard let names = try? FileSystem.names(in: path) else { return path }
      let prefix = path.hasSuffix("/") ? path : path + "/"
      let found = names.filter { !$0.hasPrefix(".") }.sorted(by: >).map { prefix + $0 }
      if !found.isEmpty { waiting.append(found) }
    }
    return nil
  }

  /// Why a folder stands in the place of a photo; nil for anything else.
  static func failure(at path: String) -> Failure? {
    guard FolderWalk(path) != nil else { return nil }
    let name = FilePath.shown(path)
    do throws(SystemError) { _ = try FileSystem.names(in: path) } catch {
      return Failure("unreadable_file", "\(name) cannot be read: \(error)", Failure.noInput)
    }
    return Failure(
      "no_photos", "\(name) is a folder without a .jpg, .jpeg or .png file", Failure.noInput)
  }
}

import CommandSupport
import Foundation

/// The photos of a folder and of the folders in it, by name: sorted, hidden ones left out.
///
/// Links are followed, but no folder is entered twice, so that a loop of links ends. One listing a
/// level is in memory.
struct FolderWalk {
  private var waiting: [[String]] = []
  private var entered: Set<String> = []
  private static let endings: Set = ["jpg", "jpeg", "png"]

  /// Begins a walk; nil if `path` is no folder.
  init?(_ path: String) {
    guard Self.target(of: path)?.type == .typeDirectory else { return nil }
    waiting = [[path]]
  }

  /// The next photo, or a folder that cannot be listed; nil at the end.
  mutating func next() -> String? {
    while let path = waiting.last?.last {
      waiting[waiting.count - 1].removeLast()
      if waiting[waiting.count - 1].isEmpty { waiting.removeLast() }
      guard let (place, type) = Self.target(of: path), type == .typeDirectory else {
        if Self.endings.contains(URL(filePath: path).pathExtension.lowercased()) { return path }
        continue
      }
      guard entered.insert(place).inserted else { continue }
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
        return path
      }
      let prefix = path.hasSuffix("/") ? path : path + "/"
      let found = names.filter { !$0.hasPrefix(".") }.sorted(by: >).map { prefix + $0 }
      if !found.isEmpty { waiting.append(found) }
    }
    return nil
  }

  /// What a path leads to, links followed.
  private static func target(of path: String) -> (place: String, type: FileAttributeType)? {
    func type(_ path: String) -> FileAttributeType? {
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      return attributes?[.type] as? FileAttributeType
    }
    guard let own = type(path) else { return nil }
    if own != .typeSymbolicLink && own != .typeDirectory { return (path, own) }
    let place = URL(filePath: path).resolvingSymlinksInPath().path
    return type(place).map { (place, $0) }
  }

  /// Why a folder stands in the place of a photo; nil for anything else.
  static func failure(at path: String) -> Failure? {
    guard FolderWalk(path) != nil else { return nil }
    do { _ = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
      return .unreadable(path, error)
    }
    return Failure(
      "no_photos", "\(path) is a folder without a .jpg, .jpeg or .png file", Failure.noInput)
  }
}

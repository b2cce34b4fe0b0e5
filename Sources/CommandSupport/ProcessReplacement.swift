import Foundation

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Goes on as another program, with the same files, signals and process id; returns only if that
/// fails.
///
/// - Parameters:
///   - path: The program.
///   - arguments: What it is called with, its own name left out.
package func replaceProcess(with path: String, _ arguments: [String]) {
  let words = [path] + arguments
  // SAFETY: strdup copies each word; the list ends with nil, as execv wants it; what is copied is
  // given back if execv returns.
  var list: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
  unsafe execv(path, &list)
  unsafe list.forEach { unsafe free($0) }
}

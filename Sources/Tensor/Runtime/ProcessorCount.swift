#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// How many threads this process may keep busy.
package enum ProcessorCount {
  /// The processors that the system lets this process use, or the whole ones that its control
  /// groups let it have of their time, whichever is less; at least 1.
  package static let available: Int = min(allowed, quota(root: "") ?? .max)

  #if os(Linux)
    private static let allowed: Int = {
      var mask = [UInt64](repeating: 0, count: 128)  // one bit per processor
      // SAFETY: the call fills at most the size given, which is the array's own.
      let status = unsafe mask.withUnsafeMutableBytes { mask in
        unsafe getAffinity(0, mask.count, mask.baseAddress)
      }
      return status == 0 ? max(1, mask.reduce(0) { $0 + $1.nonzeroBitCount }) : 1
    }()
  #else
    private static let allowed = max(1, sysconf(_SC_NPROCESSORS_ONLN))
  #endif

  /// Whole processors that Linux's control groups grant: the least along the way from the process's
  /// group up, of version 2 (`cpu.max`) and 1 (`cpu.cfs_quota_us`); nil where none has a limit.
  ///
  /// Rounded down: a thread more than the quota pays for is put aside for most of each period, and
  /// the others wait for it at the end of every loop.
  ///
  /// - `root`: What stands in front of `/proc` and `/sys`; empty but for tests.
  package static func quota(root: String) -> Int? {
    var least: Double?
    for line in TextFile.lines(of: "\(root)/proc/self/cgroup", most: 64) {
      // hierarchy:controllers:path; version 2 has no controllers.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let controllers = parts[1].split(separator: ",")
      guard parts[1].isEmpty || controllers.contains("cpu") else { continue }
      let mounts =
        parts[1].isEmpty
        ? ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]
        : ["/sys/fs/cgroup/\(parts[1])", "/sys/fs/cgroup/cpu"]
      for mount in mounts {
        for folder in ancestors(of: String(parts[2])) {
          guard let share = share(in: "\(root)\(mount)\(folder)") else { continue }
          least = min(least ?? share, share)
        }
      }
    }
    return least.map { max(1, Int($0)) }
  }

  /// `/a/b`, `/a` and the empty path of the mount itself; a container's own group often lies there.
  private static func ancestors(of path: String) -> [String] {
    let names = path.split(separator: "/")
    return (0...names.count).reversed().map { count in
      names.prefix(count).map { "/\($0)" }.joined()
    }
  }

  /// Processors that one group's files grant, or nil if they set no limit.
  private static func share(in folder: String) -> Double? {
    func numbers(_ name: String) -> [Double] {
      TextFile.lines(of: "\(folder)/\(name)", most: 1).first?
        .split(separator: " ").map { Double($0) ?? -1 } ?? []
    }
    var pair = numbers("cpu.max")
    if pair.isEmpty { pair = numbers("cpu.cfs_quota_us") + numbers("cpu.cfs_period_us") }
    guard pair.count == 2, pair[0] > 0, pair[1] > 0, pair[0] / pair[1] < 1e6 else { return nil }
    return pair[0] / pair[1]
  }
}

#if os(Linux)
  /// The C function as it is: Swift's Glibc module leaves it out.
  @_silgen_name("sched_getaffinity") private func getAffinity(
    _ process: Int32, _ size: Int, _ mask: UnsafeMutableRawPointer?
  ) -> Int32
#endif

import Foundation
import Tensor
import Testing

/// Control groups' quotas, read from files as Linux has them.
struct ProcessorCountTests {
  /// The quota that a system of these files grants.
  private func quota(_ files: [String: String]) throws -> Int? {
    let root = FileManager.default.temporaryDirectory
      .appending(path: "mood-cgroup-\(UInt64.random(in: 0 ... .max))")
    defer { try? FileManager.default.removeItem(at: root) }
    for (path, text) in files {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return ProcessorCount.quota(root: root.path)
  }

  @Test(
    arguments: [
      ("max 100000\n", nil), ("200000 100000\n", 2), ("250000 100000\n", 2), ("50000 100000\n", 1),
      ("1000 100000\n", 1), ("", nil), ("x y\n", nil), ("100000\n", nil), ("-1 100000\n", nil),
      ("100000 0\n", nil), ("99999999999999999999 1\n", nil),
    ] as [(String, Int?)])
  func readsVersionTwo(_ text: String, _ expected: Int?) throws {
    let files = ["proc/self/cgroup": "0::/user/app\n", "sys/fs/cgroup/user/app/cpu.max": text]
    #expect(try quota(files) == expected)
  }

  @Test func takesTheLeastOnTheWayUp() throws {
    var files = [
      "proc/self/cgroup": "0::/user/app\n", "sys/fs/cgroup/user/app/cpu.max": "max 100000\n",
      "sys/fs/cgroup/user/cpu.max": "300000 100000\n",
    ]
    #expect(try quota(files) == 3)
    files["sys/fs/cgroup/cpu.max"] = "200000 100000\n"
    #expect(try quota(files) == 2)
  }

  /// A container sees the host's path, and its own group where the mount begins.
  @Test func findsAContainersGroup() throws {
    let files = [
      "proc/self/cgroup": "0::/docker/0123\n", "sys/fs/cgroup/cpu.max": "400000 100000\n",
    ]
    #expect(try quota(files) == 4)
  }

  @Test func readsVersionOne() throws {
    var files = [
      "proc/self/cgroup": "5:memory:/m\n4:cpu,cpuacct:/app\n3:cpuset:/other\n",
      "sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_quota_us": "150000\n",
      "sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_period_us": "50000\n",
    ]
    #expect(try quota(files) == 3)
    files["sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_quota_us"] = "-1\n"
    #expect(try quota(files) == nil)
    files["sys/fs/cgroup/cpu/cpu.cfs_quota_us"] = "100000\n"
    files["sys/fs/cgroup/cpu/cpu.cfs_period_us"] = "100000\n"
    #expect(try quota(files) == 1)
  }

  @Test func grantsEverythingWithoutGroups() throws {
    #expect(try quota([:]) == nil)
    #expect(try quota(["proc/self/cgroup": "0::/\n"]) == nil)
    #expect(try quota(["proc/self/cgroup": "nonsense\n::\n"]) == nil)
    #expect(ProcessorCount.available >= 1)
  }
}

import Foundation

/// What the system says of this process, under the names that Prometheus's own clients use; on systems
/// without `/proc`, the start alone.
struct ProcessFigures {
  private static let start = Date().timeIntervalSince1970

  /// Notes when the process began; the first call counts.
  static func begin() { _ = start }

  func add(to text: inout PrometheusText) {
    func gauge(_ name: String, _ help: String, _ value: Double?) {
      if let value { text.add(name, .gauge, help, [([], value)]) }
    }
    gauge(
      "process_start_time_seconds", "When the server started, in seconds since 1970.", Self.start)
    let status = Self.lines("/proc/self/status")
    func kilobytes(_ name: String) -> Double? {
      status.first { $0.hasPrefix(name + ":") }
        .flatMap { Double($0.dropFirst(name.count + 1).filter(\.isNumber)) }.map { $0 * 1024 }
    }
    gauge("process_resident_memory_bytes", "Memory in use.", kilobytes("VmRSS"))
    gauge("process_virtual_memory_bytes", "Address space in use.", kilobytes("VmSize"))
    // Fields 14 and 15 behind the name, which may hold spaces and stands in brackets.
    let fields = Self.lines("/proc/self/stat").first?.split(separator: ")").last?
      .split(separator: " ")
    if let fields, fields.count > 12, let user = Double(fields[11]), let own = Double(fields[12]) {
      text.add(
        "process_cpu_seconds_total", .counter, "Time on processors.", [([], (user + own) / 100)])
    }
    let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    gauge("process_open_fds", "Open files and connections.", files.map(Double.init))
  }

  private static func lines(_ path: String) -> [Substring] {
    ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n")
  }
}

/// What Linux tells of the first processor.
enum Processor {
  /// Its name, such as "AMD EPYC 9554".
  static let name = fields["model name"] ?? "unknown"
  /// What it can do, such as "avx2".
  static let flags = Set((fields["flags"] ?? "").split(separator: " "))
  /// Whether it is Intel's: an Emerald Rapids core computes 184 GFLOP/s, a Zen4 core 117, but reads
  /// weights that lie in no cache at 16 to 19 GB/s only.
  static let isIntel = fields["vendor_id"] == "GenuineIntel"

  private static let fields: [String: String] = {
    var fields: [String: String] = [:]
    // 64 lines: a first processor has thirty, and a large machine hundreds of processors.
    for line in TextFile.lines(of: "/proc/cpuinfo", most: 64) {
      guard let colon = line.firstIndex(of: ":") else { break }  // the next processor
      let name = line[..<colon].split { $0 == "\t" || $0 == " " }.joined(separator: " ")
      fields[name] = String(line[colon...].dropFirst(2))
    }
    return fields
  }()
}

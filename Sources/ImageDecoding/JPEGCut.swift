extension JPEGMarkers {
  /// Whether a picture that libjpeg warns of is cut off in its pixels.
  ///
  /// The rule: a picture is cut off if the coded data of its last scan end while pixels are still to
  /// come. Anything else, such as a lost restart marker or bytes that make no sense, is damage that
  /// libjpeg steps over, as it does in Pillow. Where it meets both, it says only the first; then the
  /// last scan is cut off if other pixels come out when more data follow. (So one thing is not told
  /// apart: in a damaged picture, a lost last restart marker and an end in the same place.)
  ///
  /// A changed byte of coded data moves what comes behind it, so that the data may end some blocks too
  /// early though none is missing. So where the end mark stands behind data without restart markers, and
  /// there are several rows of blocks, the last of them may be short, and is grey, as in Pillow.
  ///
  /// - Parameters:
  ///   - warning: The first warning of libjpeg.
  ///   - firstWarning: The first warning about another file; nil if there is none.
  ///   - pixels: The pixels of another file, warnings or not; nil if it cannot be decoded.
  /// - Returns: Whether pixels are missing at the end.
  func isCutOff(
    _ warning: String, firstWarning: ([UInt8]) -> String?, pixels: ([UInt8]) -> [UInt8]?
  ) -> Bool {
    guard let scan = scans.last else { return true }
    let restarts = restarts(of: scan)
    // The last marker may be the lost one, but no more than that.
    if intervals(of: scan) - begun(restarts) > 1 { return true }
    // The last data were more than enough.
    if warning.hasSuffix("extraneous bytes before marker 0xd9") { return false }
    if warning.contains(Self.endInsteadOfRestart) { return true }
    if warning.hasSuffix("premature end of data segment") {
      // Was all in order up to the last restart marker, then the data behind it are too few.
      let before = firstWarning(Array(essential[..<(restarts.last ?? scan.start)]) + Self.end)
      if before?.contains(Self.endInsteadOfRestart) ?? true { return true }
    }
    let found = pixels(essential)
    return Self.fillers.contains { filler in
      let other = pixels(Array(essential[..<scan.data.end]) + filler + Self.end)
      guard let found, let other else { return (found == nil) != (other == nil) }
      let count = found.count / height * rowsThatMustBeThere(scan)
      return found[..<count] != other[..<count]
    }
  }

  /// How many rows of pixels a picture's data must reach: all, or all but those of the last row of
  /// blocks, and one whose colour is mixed with theirs.
  private func rowsThatMustBeThere(_ scan: JPEGScan) -> Int {
    guard hasEnd, scan.restartInterval == 0 else { return height }
    let down = layout.map(\.down).max() ?? 1
    let whole = (height - 1) / (8 * down) * 8 * down - (down > 1 ? 1 : 0)
    return whole > 0 ? whole : height
  }

  private static let endInsteadOfRestart = "found marker 0xd9 instead of RST"
  private static let end: [UInt8] = [0xFF, JPEGMarker.endOfImage]
  /// Coded data of two kinds that have nothing in common.
  private static let fillers: [[UInt8]] = [0x5A, 0xA6].map { seed in
    (0..<256).map { UInt8(truncatingIfNeeded: seed &+ $0 &* 89) & 0xFE }
  }

  /// Where the restart markers of a scan stand.
  private func restarts(of scan: JPEGScan) -> [Int] {
    guard scan.data.end - scan.data.start >= 2 else { return [] }
    return (scan.data.start..<scan.data.end - 1).filter {
      essential[$0] == 0xFF && JPEGMarker.restarts.contains(essential[$0 + 1])
    }
  }

  /// How many intervals have begun, as the markers' numbers tell, which run from 0 to 7 and anew.
  private func begun(_ restarts: [Int]) -> Int {
    restarts.reduce(1) { count, place in
      let ahead =
        (Int(essential[place + 1]) - Int(JPEGMarker.restarts.lowerBound) - (count - 1)) & 7
      return ahead >= 6 ? count : count + ahead + 1
    }
  }

  /// How many intervals a scan has, the whole of it being one if there are no restart markers.
  private func intervals(of scan: JPEGScan) -> Int {
    guard scan.restartInterval > 0 else { return 1 }
    let (across, down) = (layout.map(\.across).max() ?? 1, layout.map(\.down).max() ?? 1)
    func blocks(_ extent: Int, _ own: Int, _ most: Int) -> Int {
      ((extent * own + most - 1) / most + 7) / 8
    }
    let units: Int
    if scan.components.count == 1, let own = layout.first(where: { $0.id == scan.components[0] }) {
      units = blocks(width, own.across, across) * blocks(height, own.down, down)
    } else {
      units = blocks(width, 1, across) * blocks(height, 1, down)
    }
    return (units + scan.restartInterval - 1) / scan.restartInterval
  }
}

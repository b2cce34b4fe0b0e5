import MoodValues

extension Catalogue {
  /// The whole list in CSV, as ``init(csv:)-(String)`` reads it back, moods that were worked out
  /// included; lyrics are not kept.
  ///
  /// - Parameter write: Takes the text line by line.
  /// - Complexity: O(n).
  public func writeCSV(_ write: (String) throws -> Void) rethrows {
    let columns = CatalogueColumn.allCases.filter { $0 != .lyrics }
    try write(CSVWriter.line(columns.map(\.name), neutralised: false))
    for start in stride(from: 0, to: songs.count, by: Self.batch) {
      let lines = Parallel.map(songs[start..<min(songs.count, start + Self.batch)]) { song in
        CSVWriter.line(columns.map { song.text($0) }, neutralised: false)
      }
      for line in lines { try write(line) }
    }
  }
}

extension Song {
  fileprivate func text(_ column: CatalogueColumn) -> String {
    func number(_ value: Float?) -> String { value.map { "\($0)" } ?? "" }
    return switch column {
    case .name: name
    case .artist: artist
    case .album: album
    case .id: spotifyID ?? ""
    case .mood: mood.rawValue
    case .popularity: "\(popularity)"
    case .releaseDate: releaseYear.map { "\($0)" } ?? ""
    case .genre: genre ?? ""
    case .language: language ?? ""
    case .valence: number(valence)
    case .energy: number(energy)
    case .tempo: number(tempo)
    case .danceability: number(danceability)
    case .acousticness: number(acousticness)
    case .loudness: number(loudness)
    case .instrumentalness: number(instrumentalness)
    case .speechiness: number(speechiness)
    case .liveness: number(liveness)
    case .explicit: isExplicit.map { "\($0)" } ?? ""
    case .lyrics: ""
    case .duration: duration.map { "\(Int(($0 * 1_000).rounded()))" } ?? ""
    case .estimated: isEstimated ? "true" : ""
    }
  }
}

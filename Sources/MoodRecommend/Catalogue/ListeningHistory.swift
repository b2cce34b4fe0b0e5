/// Files that people have of their listening, and that say nothing of how songs sound.
enum ListeningHistory {
  /// Whose export a JSON text is, as its keys tell; nil for any other.
  static func source(_ bytes: [UInt8]) -> String? {
    let start = String(decoding: bytes.prefix(4_096), as: UTF8.self)
    let marks: [(source: String, keys: [String])] = [
      ("Spotify's own data download", ["\"msPlayed\"", "\"artistName\""]),
      ("Spotify's own data download", ["\"ms_played\"", "\"master_metadata_track_name\""]),
      ("Spotify's own data download", ["\"playlists\"", "\"trackUri\""]),
      ("Spotify's own data download", ["\"playlists\"", "\"lastModifiedDate\""]),
      ("Spotify's own data download", ["\"tracks\"", "\"uri\"", "spotify:track:"]),
      ("an export of ListenBrainz", ["\"listened_at\"", "\"track_metadata\""]),
      ("an export of Last.fm", ["\"scrobbles\"", "\"username\""]),
      ("an export of Last.fm", ["\"uts\"", "\"#text\""]),
    ]
    return marks.first { $0.keys.allSatisfy(start.contains) }?.source
  }

  /// Whose export a CSV list is, by its first record; nil for any other.
  static func source(header: [String]) -> String? {
    let names = Set(header)
    if names.isSuperset(of: ["uts", "utc_time", "track"])
      || header.last?.hasPrefix("Date#") == true
    {
      return "an export of Last.fm"
    }
    // Without a header: artist, album, track, "06 Sep 2026, 14:23".
    let date = header.last ?? ""
    if header.count == 4, date.split(separator: " ").count >= 3, date.contains(":"),
      date.first?.isNumber == true
    {
      return "an export of Last.fm"
    }
    return nil
  }
}

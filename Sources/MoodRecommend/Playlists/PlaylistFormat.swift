private import Foundation

/// How a list of songs is written for a player or another program.
public enum PlaylistFormat: String, Sendable, CaseIterable {
  /// Extended M3U in UTF-8: a title and an address a song.
  case m3u8
  /// XSPF 1, <https://www.xspf.org/spec>.
  case xspf
  /// XSPF's tree as JSON, <https://www.xspf.org/jspf>.
  case jspf
  /// RFC 4180 with the columns name, artist, album, id, mood, popularity, score, link, reason.
  case csv
  /// A line `spotify:track:…` for each song that has a Spotify id; the others are left out.
  case uris

  /// Writes the songs of a recommendation in order.
  ///
  /// Whatever stands in a song's texts, it stays text: XML and JSON are escaped, line breaks do not
  /// occur in songs, and a CSV cell that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`
  /// at its start) gets an apostrophe before it
  /// (<https://owasp.org/www-community/attacks/CSV_Injection>).
  ///
  /// - Parameters:
  ///   - songs: What to write.
  ///   - title: The list's title, for the formats that have one.
  /// - Returns: The text, ended by a line break.
  public func text(of songs: [RankedSong], title: String) -> String {
    switch self {
    case .m3u8: Self.m3u8(songs, title)
    case .xspf: Self.xspf(songs, title)
    case .jspf: Self.jspf(songs, title)
    case .csv: Self.csv(songs)
    case .uris: songs.compactMap(\.song.spotifyID).map { "spotify:track:\($0)\n" }.joined()
    }
  }

  /// Writes the songs of a journey in order, with their reasons' place taken by when they begin.
  public func text(of journey: Journey, title: String) -> String {
    text(
      of: journey.stops.map { stop in
        RankedSong(
          song: stop.song, score: stop.place.distance(to: journey.to), nearness: 0,
          isExploration: false, reasons: [])
      }, title: title)
  }

  private static func m3u8(_ songs: [RankedSong], _ title: String) -> String {
    let head = "#EXTM3U\n#PLAYLIST:\(CSVWriter.oneLine(title))\n"
    return head
      + songs.map {
        "#EXTINF:\($0.song.duration.map { Int($0.rounded()) } ?? -1),\($0.song.artist) - \($0.song.name)\n\($0.song.link)\n"
      }.joined()
  }

  private static func xspf(_ songs: [RankedSong], _ title: String) -> String {
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <playlist version="1" xmlns="http://xspf.org/ns/0/">
        <title>\(escaped(title))</title>
        <trackList>

      """
    for ranked in songs {
      let song = ranked.song
      text += "    <track>\n"
      text += "      <identifier>\(escaped(identifier(song)))</identifier>\n"
      text += "      <title>\(escaped(song.name))</title>\n"
      text += "      <creator>\(escaped(song.artist))</creator>\n"
      text += "      <annotation>\(escaped(ranked.explanation))</annotation>\n"
      text += "      <info>\(escaped(song.link))</info>\n"
      if !song.album.isEmpty { text += "      <album>\(escaped(song.album))</album>\n" }
      text += "    </track>\n"
    }
    return text + "  </trackList>\n</playlist>\n"
  }

  private static func jspf(_ songs: [RankedSong], _ title: String) -> String {
    struct File: Encodable {
      struct Playlist: Encodable {
        let title: String
        let track: [Track]
      }
      struct Track: Encodable {
        let identifier: [String]
        let title, creator, annotation, info: String
        let album: String?
      }
      let playlist: Playlist
    }
    let tracks = songs.map { ranked in
      File.Track(
        identifier: [identifier(ranked.song)], title: ranked.song.name,
        creator: ranked.song.artist, annotation: ranked.explanation, info: ranked.song.link,
        album: ranked.song.album.isEmpty ? nil : ranked.song.album)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let file = File(playlist: .init(title: title, track: tracks))
    guard let data = try? encoder.encode(file) else { preconditionFailure("texts are encodable") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private static func csv(_ songs: [RankedSong]) -> String {
    let header = [
      "name", "artist", "album", "id", "mood", "popularity", "score", "link", "reason",
    ]
    let rows = songs.map { ranked in
      let song = ranked.song
      return [
        song.name, song.artist, song.album, song.id, song.mood.rawValue, "\(song.popularity)",
        "\(ranked.score)", song.link, ranked.explanation,
      ]
    }
    return ([header] + rows).map { CSVWriter.line($0, neutralised: true) }.joined()
  }

  /// A URI for the song: Spotify's, or one by its id in the catalogue.
  private static func identifier(_ song: Song) -> String {
    song.spotifyID.map { "spotify:track:\($0)" } ?? song.link
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

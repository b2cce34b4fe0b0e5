public import ArgumentParser
import MoodRecommend
public import MoodVision

/// A value of `recommend --format`.
enum SongFormat: String, ExpressibleByArgument, CaseIterable {
  case text, m3u8, xspf, jspf, csv, uris

  var playlist: PlaylistFormat? { PlaylistFormat(rawValue: rawValue) }
}

extension Mood: ExpressibleByArgument {}

import MoodRecommend

/// A journey for a person.
struct JourneyList {
  let title: String
  let journey: Journey

  var text: String {
    let minutes = Int((journey.duration / 60).rounded())
    var lines = ["\(title), \(minutes) minutes:"]
    for (index, stop) in journey.stops.enumerated() {
      let song = stop.song
      lines.append("  \(index + 1). minute \(Int(stop.start / 60))  \(song.name) – \(song.artist)")
      lines.append("     \(song.link)")
    }
    let assumed = journey.stops.count(where: \.isAssumed)
    if assumed > 0 {
      lines.append(
        "  3:30 was assumed for \(assumed) song\(assumed == 1 ? "" : "s") of unknown length")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

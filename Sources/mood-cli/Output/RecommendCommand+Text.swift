import ArgumentParser
import CommandSupport
import Foundation
import MoodRecommend
import MoodText
import MoodVision

/// What `recommend` says of a photo, or of a mood that was named.
extension RecommendCommand {
  func title(_ reading: MoodReading) -> String {
    let count = reading.faces.count
    let who = group && count > 1 ? "The \(count) faces seem" : "The face seems"
    return group || reading.isSure
      ? "\(who) \(reading.mood). Songs for it"
      : "\(who) \(reading.mood), though not surely. Songs for the mixture"
  }

  func text(
    _ subject: RecommendationLine.Subject, _ mood: MoodDistribution, _ title: String,
    _ recommender: Recommender, _ said: TextReading? = nil
  ) throws -> String {
    // Words beside a face, or beside a mood that was named in its place.
    let isAlone = photos.isEmpty && named.distribution == nil
    let fields = said.map { TextAnswer($0, face: isAlone ? nil : mood) }
    let joined =
      isAlone
      ? mood : said.map { MoodFusion(face: mood, words: $0.distribution).distribution } ?? mood
    let title = isAlone ? title : fields.map { "\($0.sentence) Songs for it" } ?? title
    if let goal = leading.journey {
      return try journey(subject, joined, fields, to: goal, recommender)
    }
    let found = try recommender.recommend(
      for: joined, options: wanted.options(listener: who.listener))
    let songs = found.songs
    if json {
      return try jsonLine(
        RecommendationLine(
          subject: subject, songs: songs.map { SongAnswer($0) },
          notes: found.notes.map { NoteAnswer($0) }, text: fields))
        + "\n"
    }
    return format.playlist?.text(of: songs, title: title)
      ?? SongList(title: title, songs: songs, notes: found.notes, explains: explain).text
  }

  /// A journey in place of a list.
  private func journey(
    _ subject: RecommendationLine.Subject, _ mood: MoodDistribution, _ fields: TextAnswer?,
    to goal: JourneyGoal, _ recommender: Recommender
  ) throws -> String {
    let journey = try recommender.journey(from: mood, to: goal, options: leading.options(wanted))
    try leading.draw(journey)
    if json {
      let line = RecommendationLine(
        subject: subject, songs: [], notes: [], text: fields,
        journey: JourneyAnswer(journey))
      return try jsonLine(line) + "\n"
    }
    let name = "From \(mood.mood) to \(goal.rawValue)"
    return format.playlist?.text(of: journey, title: name)
      ?? JourneyList(title: name, journey: journey).text
  }
}

import MoodRecommend

// From a mood to songs, seeded: the run can be repeated.
let mood = MoodDistribution(probabilities: [0.05, 0.05, 0.1, 0.6, 0.1, 0.05, 0.05])
var generator = SplitMix64(seed: 7)
let songs = ReportPolicy().songs(for: mood.mood, in: .standard, count: 3, using: &generator)
for song in songs { print("\(song.name) – \(song.artist): \(song.link)") }
precondition(songs.count == 3, "three songs were asked for")

import Foundation
import MoodRecommend
import MoodVision
import Tensor

// From a photo to songs, seeded: the run can be repeated.
let photo = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../../../Examples/eileen_collins.jpg").standardized
let reading = try await MoodReader().read(contentsOf: photo)
print("the face looks \(reading)")
guard reading.mood == .happy, reading.source == .face else { fatalError("a wrong mood") }
let answer = try Recommender()
  .recommend(for: reading.distribution, options: RecommendationOptions(count: 3, seed: 7))
for ranked in answer.songs {
  print("\(ranked.song.name) – \(ranked.song.artist): \(ranked.explanation)")
}
guard answer.songs.count == 3 else { fatalError("three songs were asked for") }

// A network of one convolution, by whichever engine this processor gets.
var graph = Graph()
let input = try graph.add("input", .input(channels: 16))
try graph.add(
  "conv", .convolution(height: 1, width: 1, input: 16, output: 32, stride: 1, bias: false), input)
let network = try Network(graph) { _ in Tensor([1, 1, 16, 32], repeating: 0.5) }
let sums = try network(Tensor([1, 2, 2, 16], repeating: 1))
guard sums == Tensor([1, 2, 2, 32], repeating: 8) else { fatalError("wrong sums") }
print("the engine is \(network.options.engine)")

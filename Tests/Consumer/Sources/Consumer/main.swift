import MoodRecommend
import Tensor

// From a mood to songs, seeded: the run can be repeated.
let mood = MoodDistribution(probabilities: [0.05, 0.05, 0.1, 0.6, 0.1, 0.05, 0.05])
let answer = try Recommender(catalogue: .standard)
  .recommend(for: mood, options: RecommendationOptions(count: 3, seed: 7))
for ranked in answer.songs {
  print("\(ranked.song.name) – \(ranked.song.artist): \(ranked.explanation)")
}
precondition(answer.songs.count == 3, "three songs were asked for")

// A network of one convolution, by whichever engine this processor gets.
var graph = Graph()
let input = try graph.add("input", .input(channels: 16))
try graph.add(
  "conv", .convolution(height: 1, width: 1, input: 16, output: 32, stride: 1, bias: false), input)
let network = try Network(graph) { _ in Tensor([1, 1, 16, 32], repeating: 0.5) }
let sums = try network(Tensor([1, 2, 2, 16], repeating: 1))
precondition(sums == Tensor([1, 2, 2, 32], repeating: 8), "wrong sums")
print("the engine is \(network.options.engine)")

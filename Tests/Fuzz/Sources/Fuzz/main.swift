// Feeds random shapes, names, sizes and bytes to every public entry of the engine. An entry may give
// the right answer or throw an error of its module's; a trap ends the program, and the address
// sanitizer ends it at a wrong read or write:
//
//   swift run --package-path Tests/Fuzz --sanitize=address Fuzz [seed] [rounds] [repository]
//   swift run --package-path Tests/Fuzz -c release --sanitize=address Fuzz
//
// Equal seeds repeat a run; the round that fails is the last one printed with MOOD_FUZZ_VERBOSE=1.

import Foundation

let arguments = CommandLine.arguments.dropFirst().map { $0 }
let seed = arguments.first.flatMap { UInt64($0) } ?? UInt64.random(in: 0...0xFFFF_FFFF)
let rounds = arguments.dropFirst().first.flatMap { Int($0) } ?? 300
let root = arguments.dropFirst(2).first ?? "."
let isVerbose = ProcessInfo.processInfo.environment["MOOD_FUZZ_VERBOSE"] != nil
print("seed \(seed), \(rounds) rounds of each")

var tally = Tally()
let parts: [(name: String, run: (inout SplitMix64, inout Tally) throws -> Void)] = [
  ("values", fuzzValues), ("graphs", fuzzGraph), ("models", fuzzModels), ("images", fuzzImages),
  ("weight files", fuzzWeightFiles), ("ResNetV2", fuzzResNet(root)),
  ("faces", fuzzFaces(root)),
]
var isRight = true
for (name, run) in parts {
  let before = tally
  for round in 0..<rounds {
    var random = SplitMix64(seed: seed &* 1_000_003 &+ UInt64(round))
    if isVerbose { print("\(name) \(round)") }
    do { try run(&random, &tally) } catch let error as Wrong {
      print("\(name), round \(round): \(error.what)")
      isRight = false
    }
  }
  print(
    "\(name): \(tally.answers - before.answers) answers, \(tally.refusals - before.refusals) refusals"
  )
}
exit(isRight ? 0 : 1)

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Algorithms that were found fastest on this processor, kept in a file of the cache.
///
/// One line a convolution: filter's height and width, stride, channels in and out, output's height
/// and width, images, whether its epilogue is plain, and the algorithm.
package struct TunedAlgorithms: Sendable {
  private let directory, path: String

  /// The file for these options and this processor, in a cache directory that need not exist.
  package init(directory: String, options: EngineOptions) {
    self.directory = directory
    let options = options.resolved
    let machine =
      "\(Processor.name) \(options.engine) \(options.instructionSet ?? .portable) "
      + "\(options.algorithms) \(options.threads)"
    // SAFETY: the bytes are used only inside the closure.
    let hash = unsafe Array(machine.utf8).withUnsafeBytes {
      unsafe ContentHash.hash($0, threads: 1)
    }
    path = "\(directory)/\(String(hash, radix: 16)).tuned"
  }

  /// What is kept; what cannot be understood is left out.
  package var choices: [ConvolutionShape: Algorithm] {
    var choices: [ConvolutionShape: Algorithm] = [:]
    for line in TextFile.lines(of: path) {
      let words = line.split(separator: " ")
      let numbers = words.compactMap { Int($0) }
      guard words.count == 10, numbers.count == 9, let name = words.last,
        let algorithm = Algorithm(rawValue: String(name))
      else { continue }
      let shape = ConvolutionShape(
        kernel: (numbers[0], numbers[1]), stride: numbers[2], input: numbers[3],
        output: numbers[4], height: numbers[5], width: numbers[6], images: numbers[7],
        hasPlainEpilogue: numbers[8] == 1)
      choices[shape] = algorithm
    }
    return choices
  }

  /// Adds choices to the file; a directory that cannot be written is no error.
  ///
  /// - Returns: Whether they were written.
  @discardableResult package func add(_ new: [ConvolutionShape: Algorithm]) -> Bool {
    let all = choices.merging(new) { $1 }
    let text = all.map { s, algorithm in
      "\(s.kernelHeight) \(s.kernelWidth) \(s.stride) \(s.input) \(s.output) \(s.height) \(s.width) "
        + "\(s.images) \(s.hasPlainEpilogue ? 1 : 0) \(algorithm.rawValue)\n"
    }.sorted().joined()
    let temporary = "\(path).\(getpid())"
    WeightCache.makeDirectory(directory)
    // SAFETY: the stream is ours until it is closed, and the text ends with a zero.
    guard let file = unsafe fopen(temporary, "w") else { return false }
    let isWhole = unsafe fputs(text, file) >= 0
    let isClosed = unsafe fclose(file) == 0
    if isWhole, isClosed, unsafe rename(temporary, path) == 0 { return true }
    unsafe _ = unlink(temporary)
    return false
  }
}

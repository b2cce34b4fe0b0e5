import Foundation
public import Tensor
public import WeightLoader

/// A file of Tests/Fixtures/Network: what Keras computed, with the weights it used.
public struct Fixture: Sendable {
  /// The file's tensors and metadata.
  public let file: SafetensorsFile

  /// Opens a fixture.
  public init(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    file = try SafetensorsFile(
      path: folder.appending(path: "../Fixtures/Network/\(name).safetensors").standardized.path)
  }

  /// One of its tensors.
  public func tensor(_ name: String) throws -> Tensor { try file.tensor(name) }

  /// A number of its metadata.
  public func number(_ key: String) throws -> Int {
    guard let value = file.metadata[key].flatMap({ Int($0) }) else {
      throw WeightError.missingMetadata(key: key)
    }
    return value
  }

  /// Its weights as a network reads them.
  ///
  /// - Throws: ``WeightError`` if the graph wants one that is not there, or of another shape.
  public func parameters(for graph: Graph) throws -> ParameterSource {
    var tensors: [String: Tensor] = [:]
    for (name, shape) in graph.parameters {
      let tensor = try file.tensor(name)
      guard tensor.shape == shape else {
        throw WeightError.shapeMismatch(name: name, expected: shape, found: tensor.shape)
      }
      tensors[name] = tensor
    }
    return { [tensors] name in tensors[name] }
  }
}

/// Why the engine refused what it was given; nothing was computed.
public enum TensorError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An extent is negative, or the elements are more than an `Int` counts.
  case invalidShape([Int])
  /// More or fewer elements than a shape has.
  case elementCount(shape: Shape, found: Int)
  /// A value that must have an axis has none.
  case scalar
  /// An option outside of its range.
  case invalidOption(name: String, value: String, expected: String)
  /// An engine that this build lacks.
  case engineUnavailable(Engine)
  /// The system has no such memory to give.
  case outOfMemory(bytes: Int)

  /// A graph without layers.
  case emptyGraph
  /// Two layers of one name.
  case duplicateLayer(name: String)
  /// A layer that reads a number of others which its operation does not take.
  case inputCount(layer: String, expected: Int, found: Int)
  /// A layer that reads one which is not there yet.
  case unknownInput(layer: String, index: Int)
  /// An extent, a stride or an epsilon that no layer has.
  case invalidLayer(name: String, property: String, value: String, expected: String)
  /// A layer reads values of a shape that it cannot take; nil stands for any extent.
  case layerInput(layer: String, expected: [Int?], found: Shape)
  /// Two values of shapes that do not fit each other.
  case unequalShapes(layer: String, first: Shape, second: Shape)
  /// Images smaller than a layer's window.
  case inputTooSmall(
    layer: String, height: Int, width: Int, minimumHeight: Int, minimumWidth: Int)
  /// More elements than the engine gives one layer.
  case layerTooLarge(layer: String, dimensions: [Int])
  /// The source has no tensor of that name.
  case missingParameter(name: String)
  /// A tensor of the source is of another shape than the layer's.
  case parameterShape(name: String, expected: Shape, found: Shape)

  /// The network has no such input, or lacks one.
  case inputNames(expected: [String], found: [String])
  /// The inputs are not of one number of images.
  case unequalBatches([String: Int])
  /// The input is not what the network takes; nil stands for any extent.
  case inputShape(expected: [Int?], found: Shape)
  /// No layer has that name; `similar` are some that resemble it.
  case unknownLayer(name: String, similar: [String])
  /// No class has that number.
  case unknownClass(index: Int, count: Int)

  /// One sentence for a person.
  public var description: String {
    func pattern(_ extents: [Int?]) -> String {
      "[\(extents.map { $0.map { "\($0)" } ?? "any" }.joined(separator: ", "))]"
    }
    return switch self {
    case .invalidShape(let dimensions): "\(dimensions) is no shape of a tensor"
    case .elementCount(let shape, let found): "\(found) elements do not fill the shape \(shape)"
    case .scalar: "a scalar has no last axis"
    case .invalidOption(let name, let value, let expected):
      "\(name) is \(value); expected \(expected)"
    case .engineUnavailable(let engine): "this build has no engine \"\(engine.rawValue)\""
    case .outOfMemory(let bytes): "the system does not give \(bytes) bytes of memory"
    case .emptyGraph: "the graph has no layers"
    case .duplicateLayer(let name): "two layers are named \"\(name)\""
    case .inputCount(let layer, let expected, let found):
      "\"\(layer)\" reads \(found) layers; its operation takes \(expected)"
    case .unknownInput(let layer, let index):
      "\"\(layer)\" reads layer \(index), which does not stand before it"
    case .invalidLayer(let name, let property, let value, let expected):
      "the \(property) of \"\(name)\" is \(value); expected \(expected)"
    case .layerInput(let layer, let expected, let found):
      "\"\(layer)\" reads \(found) for each image; it takes \(pattern(expected))"
    case .unequalShapes(let layer, let first, let second):
      "\"\(layer)\" cannot combine \(first) with \(second)"
    case .inputTooSmall(let layer, let height, let width, let minimumHeight, let minimumWidth):
      "\"\(layer)\" reads \(height)×\(width) pixels; it needs \(minimumHeight)×\(minimumWidth)"
    case .layerTooLarge(let layer, let dimensions):
      "\"\(layer)\" would have \(dimensions) elements, over the limit of \(Graph.maximumElements)"
    case .missingParameter(let name): "the source has no tensor \"\(name)\""
    case .parameterShape(let name, let expected, let found):
      "\"\(name)\" has shape \(found); its layer needs \(expected)"
    case .inputNames(let expected, let found):
      "the network's inputs are \(expected.joined(separator: ", ")); found \(found.joined(separator: ", "))"
    case .unequalBatches(let found):
      "the inputs are not of one number of images: "
        + found.sorted { $0.key < $1.key }.map { "\($0.key) has \($0.value)" }
        .joined(separator: ", ")
    case .inputShape(let expected, let found):
      "the input has shape \(found); the network takes \(pattern(expected))"
    case .unknownLayer(let name, let similar):
      "no layer is named \"\(name)\""
        + (similar.isEmpty ? "" : "; similar are \(similar.joined(separator: ", "))")
    case .unknownClass(let index, let count): "class \(index) is none of the \(count)"
    }
  }
}

/// One layer behind `post_relu`, as a weight file's `head_layers` lists it; dropout is left out.
public enum HeadLayer: Sendable, Hashable {
  /// What a dense layer applies to its sums.
  public enum Activation: String, Sendable, CaseIterable {
    case linear, relu, softmax
  }
  /// Normalizes each channel; four tensors of as many elements as its input has channels.
  case batchNormalization(name: String, epsilon: Float)
  /// `[h, w, C]` → `[h·w·C]`.
  case flatten(name: String)
  /// `[h, w, C]` → `[C]`.
  case globalAveragePooling(name: String)
  /// `[in]` → `[units]`.
  case dense(name: String, units: Int, activation: Activation)

  /// Keras's name of the layer.
  public var name: String {
    switch self {
    case .batchNormalization(let name, _), .flatten(let name), .globalAveragePooling(let name),
      .dense(let name, _, _):
      name
    }
  }

  init(_ value: JSONValue, key: String) throws(WeightError) {
    func bad(_ expected: String) -> WeightError {
      .badMetadata(key: key, value: value["type"]?.text ?? "a layer", expected: expected)
    }
    guard let name = value["name"]?.text, !name.isEmpty, let type = value["type"]?.text,
      let members = value.members
    else { throw bad("objects with type and name") }
    func only(_ names: Set<String>) throws(WeightError) {
      guard Set(members.map(\.name)) == names else { throw bad("the keys \(names.sorted())") }
    }
    switch type {
    case "BatchNormalization":
      try only(["type", "name", "epsilon"])
      guard let epsilon = value["epsilon"]?.decimal, epsilon > 0, epsilon < 1 else {
        throw bad("an epsilon between 0 and 1")
      }
      self = .batchNormalization(name: name, epsilon: Float(epsilon))
    case "Flatten":
      try only(["type", "name"])
      self = .flatten(name: name)
    case "GlobalAveragePooling2D":
      try only(["type", "name"])
      self = .globalAveragePooling(name: name)
    case "Dense":
      try only(["type", "name", "units", "activation"])
      guard let units = value["units"]?.count, (1...65536).contains(units) else {
        throw bad("units of 1 to 65536")
      }
      guard let text = value["activation"]?.text, let activation = Activation(rawValue: text) else {
        throw bad("an activation: linear, relu or softmax")
      }
      self = .dense(name: name, units: units, activation: activation)
    default: throw bad("a known layer type")
    }
  }
}

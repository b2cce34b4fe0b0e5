/// An operation that is a file of its own: its shapes, its parameters and its step.
///
/// Adding one takes that file, in `Steps/Operations`, and its definition in `Double`, in
/// `Tests/TestSupport`; see docs/operations.md.
package protocol PlainOperation: Sendable, Hashable {
  /// How many layers it reads.
  var inputCount: ClosedRange<Int> { get }
  /// What the layer's class is called.
  var typeName: String { get }
  /// The tensors that it reads from the weight file.
  var parameters: [(variable: String, dimensions: [Int])] { get }
  /// Refuses values that make no sense, whatever the layer reads.
  func check(_ check: LayerCheck) throws(TensorError)
  /// The shape of its value for inputs of these shapes.
  func outputDimensions(_ check: LayerCheck, _ inputs: [Shape]) throws(TensorError) -> [Int]
  /// What computes it.
  func step(_ site: StepSite) -> any Step
}

extension PlainOperation {
  package var inputCount: ClosedRange<Int> { 1...1 }
  package var typeName: String { "\(Self.self)" }
  package var parameters: [(variable: String, dimensions: [Int])] { [] }
  package func check(_ check: LayerCheck) throws(TensorError) {}
}

/// An operation of a file of its own, as a case of ``Operation`` holds it.
public struct PlainLayer: Sendable, Hashable {
  package let operation: any PlainOperation

  package init(_ operation: any PlainOperation) { self.operation = operation }

  /// Whether both are the same operation with the same values.
  public static func == (a: PlainLayer, b: PlainLayer) -> Bool {
    AnyHashable(a.operation) == AnyHashable(b.operation)
  }

  /// Feeds the operation's values into `hasher`.
  public func hash(into hasher: inout Hasher) { AnyHashable(operation).hash(into: &hasher) }
}

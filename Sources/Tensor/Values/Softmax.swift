private import Foundation

extension Tensor {
  /// exp(x / T) over its sum, along the last axis; the maximum is subtracted first, so that nothing
  /// overflows.
  ///
  /// The temperature T flattens (above 1) or sharpens (below 1) the distribution: Guo et al. 2017,
  /// "On calibration of modern neural networks".
  ///
  /// - Throws: ``TensorError/scalar`` if there is no axis, and
  ///   ``TensorError/invalidOption(name:value:expected:)`` unless the temperature is finite and
  ///   above 0.
  public func softmax(temperature: Float = 1) throws(TensorError) -> Tensor {
    guard temperature > 0, temperature.isFinite else {
      throw .invalidOption(
        name: "temperature", value: "\(temperature)", expected: "a finite number above 0")
    }
    guard let width = shape.dimensions.last else { throw .scalar }
    var result = elements
    for start in stride(from: 0, to: elements.count, by: max(width, 1)) {
      let row = elements[start..<start + width]
      let largest = row.max() ?? 0
      var sum: Float = 0
      for i in row.indices {
        result[i] = exp((elements[i] - largest) / temperature)
        sum += result[i]
      }
      for i in row.indices { result[i] /= sum }
    }
    return Tensor(checked: shape, result)
  }
}

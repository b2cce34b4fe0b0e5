public import Tensor
public import Testing

/// Expects every element within absolute + relative · largest magnitude of its expected value; the
/// only tolerance rule of the tests. A failure reports the worst element.
public func expectClose(
  _ actual: Tensor, _ expected: Tensor, relative: Float, absolute: Float = 1e-6,
  _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.shape == expected.shape else {
    Issue.record(
      "\(what) has shape \(actual.shape), not \(expected.shape)", sourceLocation: sourceLocation)
    return
  }
  let largest = expected.elements.reduce(0) { max($0, abs($1)) }
  let bound = absolute + relative * largest
  var (worst, place) = (Float(0), 0)
  for (index, pair) in zip(actual.elements, expected.elements).enumerated() {
    let error = abs(pair.0 - pair.1)
    if !(error <= worst) { (worst, place) = (error, index) }
  }
  if !(worst <= bound) {
    Issue.record(
      "\(what) element \(place) is \(actual.elements[place]), not \(expected.elements[place]): off by \(worst), allowed \(bound)",
      sourceLocation: sourceLocation)
  }
}

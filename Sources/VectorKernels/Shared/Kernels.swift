import KernelTypes

/// The kernels of this instruction set: all that other modules see of it.
@inline(never) public func kernels() -> KernelTable {
  KernelTable(
    panelWidth: panelWidth(), tileRows: maximumTileRows(), fetchSteps: fetchSteps,
    convolutionTile: convolutionTile, applyEpilogue: applyEpilogue, winogradInput: winogradInput,
    winogradOutput: winogradOutput, affine: affine, reluRow: reluRow, addRows: addRows,
    maxPoolRow: maxPoolRow, globalAverage: globalAverage, narrowTile: narrowTile,
    depthwiseRow: depthwiseRow, addUpsampledRow: addUpsampledRow,
    activateRow: activateRow, combineRow: combineRow, depthwiseWindowRow: depthwiseWindowRow,
    softmaxRow: softmaxRow, normalizeRow: normalizeRow, multiplyAddLoop: multiplyAddLoop,
    multiplyAddLoopOperations: multiplyAddLoopOperations())
}

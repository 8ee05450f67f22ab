// English of the stage: names of layers, states on cards and lines, the tree beside the canvas.
export const stage = {
  label: 'Topology',
}

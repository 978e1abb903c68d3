import dagre from '@dagrejs/dagre'
import { findIslands, type Island } from './islands'
import type { GroupLayout, GroupStructure, Point } from './model'
import { packBest } from './shelf'
import { card, emptyFrame, gap, padding } from './sizes'

type Block = {
  readonly width: number
  readonly height: number
  readonly places: ReadonlyMap<string, Point>
}

/**
 * Lays out one group: callers left, callees right by dagre for each island, services that talk to nobody in
 * a grid, islands packed on shelves. Runs in the layout worker.
 */
export function layOutGroup(structure: GroupStructure): GroupLayout {
  const inset = structure.framed ? padding : { x: 0, top: 0, bottom: 0 }
  const head = { id: structure.id, hash: structure.hash, edgeCount: structure.edges.length }
  if (structure.nodes.length === 0) return { ...head, ...emptyFrame, places: {} }

  const { linked, loners } = findIslands(structure)
  const blocks = linked.map(layOutIsland)
  if (loners.length > 0) blocks.push(layOutGrid(loners, blocks[0]?.width ?? 0))
  const packed = packBest(blocks, gap.island, 2)

  const places: Record<string, Point> = {}
  blocks.forEach((block, index) => {
    const at = packed.places[index] ?? { x: 0, y: 0 }
    for (const [id, point] of block.places) {
      places[id] = { x: Math.round(inset.x + at.x + point.x), y: Math.round(inset.top + at.y + point.y) }
    }
  })
  return {
    ...head,
    width: Math.round(packed.width + 2 * inset.x),
    height: Math.round(packed.height + inset.top + inset.bottom),
    places,
  }
}

function layOutIsland(island: Island): Block {
  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: gap.row, ranksep: gap.rank, acyclicer: 'greedy' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of island.nodes) graph.setNode(id, { ...card })
  for (const [source, target] of island.edges) graph.setEdge(source, target)
  dagre.layout(graph)

  const corners = island.nodes.map((id) => {
    const centre = graph.node(id)
    return [id, { x: centre.x - card.width / 2, y: centre.y - card.height / 2 }] as const
  })
  const left = Math.min(...corners.map(([, corner]) => corner.x))
  const top = Math.min(...corners.map(([, corner]) => corner.y))
  return boxAround(corners.map(([id, corner]) => [id, { x: corner.x - left, y: corner.y - top }]))
}

/** Columns so that the grid is about twice as wide as high, or as wide as the island above it. */
function layOutGrid(ids: readonly string[], widthAbove: number): Block {
  const step = { x: card.width + gap.column, y: card.height + gap.row }
  const wide = Math.floor((widthAbove + gap.column) / step.x)
  const even = Math.ceil(Math.sqrt((ids.length * 2 * step.y) / step.x))
  const columns = Math.max(1, Math.min(ids.length, Math.max(wide, even)))
  return boxAround(
    ids.map((id, i) => [id, { x: (i % columns) * step.x, y: Math.floor(i / columns) * step.y }] as const),
  )
}

function boxAround(corners: readonly (readonly [string, Point])[]): Block {
  let width = 0
  let height = 0
  for (const [, corner] of corners) {
    width = Math.max(width, corner.x + card.width)
    height = Math.max(height, corner.y + card.height)
  }
  return { width, height, places: new Map(corners) }
}

import { columnsOf, type Sketch } from './sketch'

const card = { width: 148, height: 62 } as const
const gap = { x: 32, y: 18 } as const
const frame = { x: 14, top: 24, bottom: 16 } as const
/** Half of the title, which sits on the frame's edge. */
const margin = 12

type DrawnCard = {
  readonly name: string
  readonly port: number
  readonly x: number
  readonly y: number
}

export type Drawing = {
  readonly width: number
  readonly height: number
  readonly card: { readonly width: number; readonly height: number }
  readonly frame: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
  readonly cards: readonly DrawnCard[]
  /** SVG paths from the right side of the caller to the left side of the callee. */
  readonly wires: readonly { readonly key: string; readonly path: string }[]
}

/** Where everything of an example's drawing stands. Columns go from callers to callees; a shorter column is centred. */
export function layOutDrawing(sketch: Pick<Sketch, 'nodes' | 'edges'>): Drawing {
  const columnOf = columnsOf(sketch)
  const columns: { readonly name: string; readonly port: number }[][] = []
  for (const { name, port } of sketch.nodes) {
    const column = columnOf.get(name) ?? 0
    columns[column] = [...(columns[column] ?? []), { name, port }]
  }
  const heightOf = (rows: number) => rows * (card.height + gap.y) - gap.y
  const innerHeight = heightOf(Math.max(...columns.map((rows) => rows.length)))
  const cards = columns.flatMap((rows, column) =>
    rows.map(
      (node, row): DrawnCard => ({
        ...node,
        x: margin + frame.x + column * (card.width + gap.x),
        y: margin + frame.top + (innerHeight - heightOf(rows.length)) / 2 + row * (card.height + gap.y),
      }),
    ),
  )
  const width = columns.length * (card.width + gap.x) - gap.x + 2 * frame.x
  const height = innerHeight + frame.top + frame.bottom
  return {
    width: width + 2 * margin,
    height: height + 2 * margin,
    card,
    frame: { x: margin, y: margin, width, height },
    cards,
    wires: sketch.edges.flatMap(({ from, to }) => {
      const caller = cards.find(({ name }) => name === from)
      const callee = cards.find(({ name }) => name === to)
      return caller && callee ? [{ key: `${from}->${to}`, path: wire(caller, callee) }] : []
    }),
  }
}

function wire(from: DrawnCard, to: DrawnCard): string {
  const startX = from.x + card.width
  const startY = from.y + card.height / 2
  const endX = to.x - 2
  const endY = to.y + card.height / 2
  const bend = (endX - startX) / 2
  return `M${startX} ${startY} C${startX + bend} ${startY} ${endX - bend} ${endY} ${endX} ${endY}`
}

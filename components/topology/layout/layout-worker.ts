import { layOutGroup } from './lay-out-group'
import type { GroupLayout, GroupStructure } from './model'

export type LayoutRequest = { readonly id: number; readonly structures: readonly GroupStructure[] }
export type LayoutAnswer = { readonly id: number; readonly layouts: readonly GroupLayout[] }

addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  const answer: LayoutAnswer = { id: event.data.id, layouts: event.data.structures.map(layOutGroup) }
  postMessage(answer)
})

import type { Example } from '@/lib/changes/examples/example'
import type { DeployExampleInput } from '@/lib/changes/inputs/examples'

/** An example of any kind, as far as it is drawn, told and called. */
export type Sketch = Pick<Example, 'id' | 'title' | 'summary' | 'teaches' | 'nodes' | 'edges' | 'calls'> & {
  readonly counts: readonly { readonly field: string; readonly service: string }[]
  readonly defaults: DeployExampleInput
}

/** How far to the right a service stands: one more than whoever calls it. */
export function columnsOf({ nodes, edges }: Pick<Sketch, 'nodes' | 'edges'>): ReadonlyMap<string, number> {
  const columns = new Map(nodes.map(({ name }) => [name, 0]))
  // Each round moves every callee to the right of its callers; a circle ends after as many rounds as there are services.
  for (const _ of nodes)
    for (const { from, to } of edges)
      columns.set(to, Math.min(nodes.length, Math.max(columns.get(to) ?? 0, (columns.get(from) ?? 0) + 1)))
  return columns
}

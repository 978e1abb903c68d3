import type { Namespace } from '../../inventory/model'
import { declaredEdges } from '../../topology/evidence'
import { makeEdgeId } from '../../topology/ids'
import type { Edge } from '../../topology/model'
import { type Draft, markAs } from './draft'

const namespacesOf = (draft: Draft): Namespace[] =>
  [...draft.namespaces.values()].map(({ namespaceId, arn, name, type }) => ({
    id: namespaceId,
    arn,
    name,
    type,
    httpName: name,
    servicesRead: true,
  }))

/** Lines that the new definitions declare, and those that they declare no more. */
function drawCalls(draft: Draft): void {
  const callers = [...draft.callers].flatMap(([nodeId, definition]) => {
    const node = draft.services.get(nodeId)
    return node ? [{ nodeId, name: node.name, definition }] : []
  })
  const declared = declaredEdges(callers, [...draft.services.values()], namespacesOf(draft))
  for (const node of declared.missing)
    if (!draft.services.has(node.id)) {
      draft.services.set(node.id, node)
      markAs(draft, node.id, 'new')
    }
  const wanted = new Set(declared.edges.map((edge) => edge.id))
  for (const edge of [...draft.edges.values()])
    if (draft.callers.has(edge.source) && !wanted.has(edge.id)) markAs(draft, edge.id, 'gone')
  for (const edge of declared.edges) {
    if (!draft.edges.has(edge.id)) markAs(draft, edge.id, 'new')
    draft.edges.set(edge.id, edge)
  }
}

/** A name that was called and did not exist gets its card: the lines to the gap lead there now. */
function fillGaps(draft: Draft): void {
  const byName = new Map<string, string>()
  for (const node of draft.services.values())
    if (node.discovery?.dnsName && draft.marks.get(node.id) === 'new')
      byName.set(node.discovery.dnsName.toLowerCase(), node.id)
  for (const gap of [...draft.services.values()]) {
    const nodeId = gap.id.startsWith('missing/') ? byName.get(gap.id.slice('missing/'.length)) : undefined
    if (nodeId === undefined) continue
    draft.services.delete(gap.id)
    draft.marks.delete(gap.id)
    for (const edge of [...draft.edges.values()]) {
      if (edge.target !== gap.id) continue
      draft.edges.delete(edge.id)
      draft.marks.delete(edge.id)
      const moved: Edge = { ...edge, id: makeEdgeId(edge.source, nodeId), target: nodeId, problem: null }
      draft.edges.set(moved.id, moved)
      markAs(draft, moved.id, 'new')
    }
  }
}

/** Who calls whom once the plan has run, as far as environment variables say. */
export function retellCalls(draft: Draft): void {
  fillGaps(draft)
  drawCalls(draft)
}

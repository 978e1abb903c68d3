import type { Edge, Evidence } from '@/lib/topology/model'

/** The one small label on a line. */
export function wireLabel(edge: Edge): string {
  if (edge.problem) return 'cannot reach'
  return edge.evidence.some((each) => each.kind === 'verified') ? 'verified' : 'declared'
}

/** How we know, in one sentence per piece of evidence. */
export function evidenceSentence(evidence: Evidence): string {
  if (evidence.kind === 'verified')
    return `A call made from the console was answered in ${evidence.latencyMs} ms.`
  if (evidence.kind === 'alias')
    return `${evidence.alias}:${evidence.port} is an alias of Service Connect that its tasks resolve.`
  if (evidence.kind === 'observed')
    return `CloudWatch counted calls to ${evidence.discoveryName} through the caller's proxy.`
  const host = evidence.port === null ? evidence.host : `${evidence.host}:${evidence.port}`
  return `Container ${evidence.container} has ${evidence.variable} in its environment, which names ${host}.`
}

/** The line for somebody who does not see it. */
export function describeEvidence(edge: Edge, [caller, callee]: readonly [string, string]): string {
  const variables = edge.evidence.flatMap((each) => (each.kind === 'declared' ? [each.variable] : []))
  const how = variables.length > 0 ? `declared by ${variables.join(', ')}` : wireLabel(edge)
  const problem = edge.problem ? `. Cannot work: ${edge.problem}` : ''
  return `Connection from ${caller} to ${callee}, ${how}${problem}`
}

'use client'

import { replaceEqualDeep } from '@tanstack/react-query'
import { useState } from 'react'
import { findFresh, type Seen } from './fresh'
import { type Flow, type FlowInput, toFlow } from './to-flow'

export type FlowQuestion = Omit<FlowInput, 'fresh'>
type Memory = {
  readonly question: FlowQuestion | null
  readonly groups: FlowInput['groups']
  readonly seen: Seen | null
  readonly flow: Flow | null
}

const nothing: Memory = { question: null, groups: [], seen: null, flow: null }

/** React Flow's nodes and edges; what did not change keeps its object from one call to the next. */
export function useFlow(question: FlowQuestion | null): Flow | null {
  const [memory, setMemory] = useState(nothing)
  if (question === null || (memory.question !== null && sameQuestion(memory.question, question))) {
    return memory.flow
  }
  const groups = replaceEqualDeep(memory.groups, question.groups)
  const seen = findFresh(memory.seen, question.topology.services)
  const flow = toFlow({ ...question, groups, fresh: seen.fresh }, memory.flow)
  setMemory({ question, groups, seen, flow })
  return flow
}

function sameQuestion(a: FlowQuestion, b: FlowQuestion): boolean {
  return (
    a.topology === b.topology &&
    a.groups === b.groups &&
    a.layout === b.layout &&
    a.selected === b.selected &&
    a.instanceId === b.instanceId &&
    a.cursor === b.cursor &&
    a.matched === b.matched &&
    a.answered === b.answered
  )
}
